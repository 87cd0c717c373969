using CloudPosture.Graph;

namespace CloudPosture.Assessment.Paths;

/// <summary>What is kept of an exposure for paths to begin with: its texts are shared with other lines, and what is written of it is written when it is looked at.</summary>
internal sealed record ReachedLine
{
    public required string Type { get; init; }

    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>From where.</summary>
    public required string From { get; init; }

    /// <summary>How, such as <c>tcp 22</c>.</summary>
    public required string Method { get; init; }

    public required string Protocol { get; init; }

    /// <summary>The ports; empty for what has none.</summary>
    public required string Ports { get; init; }

    /// <summary>What stands in front; empty for none.</summary>
    public required string Via { get; init; }

    /// <summary>What the way leads through, first to last.</summary>
    public required string[] Way { get; init; }

    /// <summary>What it hangs on that was not read; empty where it is known to be reachable.</summary>
    public required string Unread { get; init; }

    /// <summary>Whether packets reach it; else it answers requests.</summary>
    public required bool IsNetwork { get; init; }

    /// <summary>The way as a text.</summary>
    public string Path => string.Join(PostureExposure.Step, Way);
}
