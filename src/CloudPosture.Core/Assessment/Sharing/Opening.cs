using CloudPosture.Graph;

namespace CloudPosture.Assessment.Sharing;

/// <summary>One way by which a resource may stand open to everyone without a network interface.</summary>
/// <param name="Way">policy, acl, permission, url, or endpoint.</param>
/// <param name="IsOpen">Whether it does; null where that could not be read or judged.</param>
/// <param name="Why">By what, or why not.</param>
/// <param name="Block">What stops it although it is open; null for nothing that the resource itself tells.</param>
/// <param name="BlockWhy">What it is about that.</param>
/// <param name="OuterBlock">The account's or Region's setting that stops it where it is on; null for none.</param>
internal sealed record Opening(string Way, bool? IsOpen, string Why, ExposureStop? Block = null, string BlockWhy = "", string? OuterBlock = null);
