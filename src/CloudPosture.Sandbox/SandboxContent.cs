using System;
using CloudPosture.Content;

namespace CloudPosture.Sandbox;

/// <summary>The content that was built beside this assembly.</summary>
public static class SandboxContent
{
    /// <summary>What a sandbox serves unless it is told otherwise, and what the demo harvests and assesses by.</summary>
    public static ContentSet Shipped { get; } = ContentSet.Of(AppContext.BaseDirectory);
}
