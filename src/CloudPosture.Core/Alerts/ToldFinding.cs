using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts;

/// <summary>What a receiver was told of a failure.</summary>
/// <param name="Since">Since when it failed then, in ticks of UTC: what passes and fails again is another failure.</param>
/// <param name="Severity">How much it weighed.</param>
/// <param name="Seen">The day on which the failure was last there, counted from the year 1.</param>
internal readonly record struct ToldFinding(long Since, Severity Severity, int Seen);
