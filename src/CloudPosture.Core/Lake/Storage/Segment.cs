namespace CloudPosture.Lake.Storage;

/// <summary>A gzip member within a file of the lake.</summary>
/// <param name="Offset">Where it starts, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 hexadecimal digits.</param>
public sealed record Segment(long Offset, long Length, string Sha256);
