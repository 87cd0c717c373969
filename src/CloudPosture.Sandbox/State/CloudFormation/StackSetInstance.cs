namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>A StackSet's stack in one account and Region.</summary>
internal sealed class StackSetInstance(SandboxAccount account, string region, string unitId)
{
    public SandboxAccount Account { get; } = account;

    public string Region { get; } = region;

    /// <summary>The unit that the account is in.</summary>
    public string UnitId { get; } = unitId;

    /// <summary>The stack; null where it could not be made.</summary>
    public Stack? Stack { get; set; }

    /// <summary>The last operation that dealt with it.</summary>
    public StackSetOperation? Operation { get; set; }
}
