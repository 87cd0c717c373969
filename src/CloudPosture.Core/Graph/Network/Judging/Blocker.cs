namespace CloudPosture.Graph.Network.Judging;

/// <summary>What stops packets on their way.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="At">Its id.</param>
/// <param name="Why">What it is about it.</param>
/// <param name="IsUnknown">True where it was not read, so that it may stop nothing.</param>
internal sealed record Blocker(ExposureStop Kind, string At, string Why, bool IsUnknown = false);
