namespace CloudPosture.PowerShell.Policies;

/// <summary>A policy document to attach to the reading role.</summary>
public sealed record PosturePolicyDocument
{
    /// <summary>A name to give the policy.</summary>
    public required string Name { get; init; }

    /// <summary>What IAM counts against its limit of 6,144: the characters that are not white space.</summary>
    public required int Size { get; init; }

    /// <summary>The JSON.</summary>
    public required string Document { get; init; }

    /// <summary>The JSON, so that the object can be written to a file as it is.</summary>
    public override string ToString() => Document;
}
