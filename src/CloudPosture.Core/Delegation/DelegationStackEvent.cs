using System;

namespace CloudPosture.Delegation;

/// <summary>What CloudFormation says about the stack of a completion.</summary>
public sealed record DelegationStackEvent
{
    /// <summary>When it happened, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The resource's name in the template; the stack's own name for the stack.</summary>
    public required string Resource { get; init; }

    /// <summary>The resource's type (<c>AWS::IAM::Role</c>).</summary>
    public required string ResourceType { get; init; }

    /// <summary>Its status (<c>CREATE_IN_PROGRESS</c>).</summary>
    public required string Status { get; init; }

    /// <summary>Why; empty where CloudFormation does not say. Text from AWS.</summary>
    public string Reason { get; init; } = "";
}
