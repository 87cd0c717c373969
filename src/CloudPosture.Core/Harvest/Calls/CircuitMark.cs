namespace CloudPosture.Harvest.Calls;

/// <summary>How much a Region, and an operation there, had answered when a call began.</summary>
/// <param name="Region">The Region.</param>
/// <param name="Operation">The operation.</param>
internal sealed record CircuitMark(CircuitBreaker Region, CircuitBreaker Operation)
{
    private readonly long _regionAnswers = Region.Answers;
    private readonly long _operationAnswers = Operation.Answers;
    private readonly long _operationSuccesses = Operation.Successes;

    public bool HasRegionAnswered => Region.Answers > _regionAnswers;

    public bool HasOperationAnswered => Operation.Answers > _operationAnswers;

    public bool HasOperationSucceeded => Operation.Successes > _operationSuccesses;
}
