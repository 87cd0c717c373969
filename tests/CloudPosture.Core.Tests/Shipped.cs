using CloudPosture.Content;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests;

/// <summary>The content that ships, read once for all tests: the one that the sandbox serves.</summary>
internal static class Shipped
{
    public static ContentSet Content => SandboxContent.Shipped;
}
