namespace CloudPosture.Tests.Batch;

/// <summary>What a program ended with and wrote.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Its output.</param>
/// <param name="Errors">Its other output.</param>
internal sealed record BatchAnswer(int Code, string Output = "", string Errors = "");
