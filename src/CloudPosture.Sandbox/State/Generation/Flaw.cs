namespace CloudPosture.Sandbox.State.Generation;

/// <summary>The ways in which an account fails to watch for something.</summary>
internal enum Flaw
{
    None,
    NoFilter,
    IncompletePattern,
    NoAlarm,
    UnconfirmedTopic,
}
