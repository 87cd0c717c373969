using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Files;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the profiles of the AWS config and credentials files.</summary>
public sealed class ProfileCompleter : PostureCompleter
{
    private const string ProfilePrefix = "profile ";

    // Whoever presses Tab waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        new[] { (Variable: "AWS_CONFIG_FILE", Name: "config"), (Variable: "AWS_SHARED_CREDENTIALS_FILE", Name: "credentials") }
            .Select(file => Environment.GetEnvironmentVariable(file.Variable) ?? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws", file.Name))
            .Where(File.Exists)
            .SelectMany(path => GivenFile.ReadLines(path, patience: Patience).Select(line => (Line: line.Trim(), Path: path)))
            .Where(entry => entry.Line.Length > 2 && entry.Line[0] == '[' && entry.Line[entry.Line.Length - 1] == ']')
            .Select(entry => (Name: entry.Line.Substring(1, entry.Line.Length - 2).Trim(), entry.Path))
            .Where(entry => !entry.Name.StartsWith("sso-session ", StringComparison.Ordinal))
            .Select(entry => (Name: entry.Name.StartsWith(ProfilePrefix, StringComparison.Ordinal) ? entry.Name.Substring(ProfilePrefix.Length).Trim() : entry.Name, entry.Path))
            .GroupBy(entry => entry.Name)
            .Select(same => (same.Key, string.Join(", ", same.Select(entry => entry.Path).Distinct())));
}
