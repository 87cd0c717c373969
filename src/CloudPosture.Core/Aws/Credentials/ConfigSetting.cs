namespace CloudPosture.Aws.Credentials;

/// <summary>A setting of an AWS file.</summary>
/// <param name="Parent">The setting it is indented below (<c>s3</c>); null for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; empty where settings are indented below it.</param>
internal sealed record ConfigSetting(string? Parent, string Name, string Value);
