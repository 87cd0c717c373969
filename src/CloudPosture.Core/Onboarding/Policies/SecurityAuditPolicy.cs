using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Onboarding.Policies;

/// <summary>AWS's managed policy SecurityAudit, as published in the version that <see cref="Version"/> names.</summary>
public static class SecurityAuditPolicy
{
    private static readonly Lazy<(string Version, Dictionary<string, string[]> Patterns)> Data = new(Read);

    /// <summary>The version and its date (<c>v92 2026-08-17</c>).</summary>
    public static string Version => Data.Value.Version;

    /// <summary>The policy's ARN.</summary>
    /// <param name="partition"><c>aws</c>, <c>aws-us-gov</c> or <c>aws-cn</c>.</param>
    /// <returns>The ARN.</returns>
    public static string Arn(string partition) => $"arn:{partition}:iam::aws:policy/SecurityAudit";

    /// <summary>Whether an ARN is the policy's, in any partition.</summary>
    /// <param name="arn">The ARN.</param>
    /// <returns>True where it is.</returns>
    public static bool Is(string arn) => arn.StartsWith("arn:", StringComparison.Ordinal) && arn.EndsWith(":iam::aws:policy/SecurityAudit", StringComparison.Ordinal);

    /// <summary>Whether the policy grants an action.</summary>
    /// <param name="action">The full name, in any case.</param>
    /// <returns>True where one of its patterns matches. API Gateway's GET counts as granted, though only on the resources the policy lists.</returns>
    public static bool Grants(string action)
    {
        var service = ActionPattern.ServiceOf(action) ?? "";
        var name = action.Substring(Math.Min(action.Length, service.Length + 1));
        return Data.Value.Patterns.TryGetValue(service, out var patterns) && patterns.Any(pattern => ActionPattern.Matches(pattern, name));
    }

    private static (string Version, Dictionary<string, string[]> Patterns) Read()
    {
        using var text = EmbeddedData.Open("security-audit.txt");
        var header = text.ReadLine()!.Split(new[] { ' ' }, 3);
        var patterns = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        while (text.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ');
            patterns.Add(line.Substring(0, space), line.Substring(space + 1).Split(','));
        }

        return (header[2], patterns);
    }
}
