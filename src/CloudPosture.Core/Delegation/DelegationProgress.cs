namespace CloudPosture.Delegation;

/// <summary>The journal of a completion: what was done, so that an interrupted one goes on there.</summary>
public sealed record DelegationProgress
{
    /// <summary>The last step that was begun or done.</summary>
    public DelegationStep Step { get; init; }

    /// <summary>The stack's name; null before it is created.</summary>
    public string? StackName { get; init; }

    /// <summary>The stack's ARN; null until CloudFormation has answered.</summary>
    public string? StackId { get; init; }

    /// <summary>The status that the stack ended in where it failed; null where it did not.</summary>
    public string? StackStatus { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Failure { get; init; }
}
