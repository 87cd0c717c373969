using System;
using System.Management.Automation;
using CloudPosture.Aws.Credentials;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Takes the kind of credentials as ConvertTo-Json writes it too: by its number.</summary>
internal sealed class CredentialKindTextAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PipelineValue.Bare(inputData) is int or long && Enum.TryParse<CredentialKind>($"{inputData}", out var kind) && Enum.IsDefined(typeof(CredentialKind), kind) ? $"{kind}" : inputData;
}
