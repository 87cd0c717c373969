using System;
using CloudPosture.Tests.Aws.Fidelity;

namespace CloudPosture.Tests.Sandbox;

/// <summary>A test that asks AWS's own Python client for its opinion of the sandbox; it says so where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BotoFactAttribute : FactAttribute
{
    public BotoFactAttribute()
    {
        if (!Python.HasBotocore)
        {
            Skip = "python3 has no botocore here: the sandbox is not tried with an independent client.";
        }
    }
}
