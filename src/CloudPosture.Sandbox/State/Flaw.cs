namespace CloudPosture.Sandbox.State;

/// <summary>The ways in which an account fails to watch for something.</summary>
internal enum Flaw
{
    None,
    NoFilter,
    IncompletePattern,
    NoAlarm,
    UnconfirmedTopic,
}
