using CloudPosture.Graph;

namespace CloudPosture.Assessment.Fronts;

/// <summary>What keeps strangers' requests from going on.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Why">What it is about it.</param>
/// <param name="IsUnknown">True where it was not read or cannot be judged, so that it may stop nothing.</param>
internal sealed record FrontStop(ExposureStop Kind, string Why, bool IsUnknown = false);
