using System;
using System.Collections.Generic;

namespace CloudPosture.Harvest.Events;

/// <summary>Which of an account's events are asked for.</summary>
/// <param name="Names">The names of the events; no other is read.</param>
/// <param name="Window">How far back.</param>
public sealed record EventLookup(IReadOnlyList<string> Names, TimeSpan Window);
