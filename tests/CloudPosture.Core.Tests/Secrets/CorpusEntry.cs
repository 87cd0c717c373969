namespace CloudPosture.Tests.Secrets;

/// <summary>One value as it stands in a configuration.</summary>
/// <param name="Group">What it is of: all entries of a group are made by the same line of the corpus.</param>
/// <param name="Name">The setting's name; empty where a text stands alone.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsSecret">What an auditor says.</param>
public sealed record CorpusEntry(string Group, string Name, string Value, bool IsSecret);
