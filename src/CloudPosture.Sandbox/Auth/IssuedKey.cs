using System;

namespace CloudPosture.Sandbox.Auth;

/// <summary>An access key the sandbox gave out; with a session token and an end for temporary ones.</summary>
internal sealed record IssuedKey(string AccessKeyId, string SecretAccessKey, string? SessionToken, DateTimeOffset? Expires, Principal Principal);
