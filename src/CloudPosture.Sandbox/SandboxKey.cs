namespace CloudPosture.Sandbox;

/// <summary>An access key of the sandbox.</summary>
/// <param name="AccessKeyId">The id.</param>
/// <param name="SecretAccessKey">The secret; worth nothing outside the sandbox.</param>
public sealed record SandboxKey(string AccessKeyId, string SecretAccessKey);
