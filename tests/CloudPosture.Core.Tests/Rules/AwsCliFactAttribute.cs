using CloudPosture.Tests.Aws.Fidelity;

namespace CloudPosture.Tests.Rules;

/// <summary>A test that has the AWS CLI of python3 parse commands; it says so where that is not installed.</summary>
public sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute()
    {
        if (!Python.HasAwsCli)
        {
            Skip = "python3 has no awscli of 1.45 or later, which knows what the rules name: the commands of remediations are not parsed by the AWS CLI.";
        }
    }
}
