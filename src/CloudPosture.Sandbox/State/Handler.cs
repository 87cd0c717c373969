namespace CloudPosture.Sandbox.State;

/// <summary>Answers one operation.</summary>
internal delegate Answer Handler(CallContext call);
