using System;

namespace CloudPosture.Posture.Trends;

/// <summary>The counts of a day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Group">The severity, benchmark, service, account or rule; empty where all are counted together.</param>
/// <param name="Counts">The counts.</param>
public sealed record TrendPoint(DateTime Day, string Group, TrendCounts Counts);
