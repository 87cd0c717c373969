namespace CloudPosture.Onboarding.Roles;

/// <summary>A text whose ARNs are completed where the partition is known, which is only where the role is made.</summary>
internal static class PartitionPattern
{
    public const string Placeholder = "{partition}";

    public static string Fill(string pattern, string partition) => pattern.Replace(Placeholder, partition);

    /// <summary>The partition of an ARN; null for what is none.</summary>
    public static string? Of(string text) => text.StartsWith("arn:", System.StringComparison.Ordinal) ? text.Split(':')[1] : null;
}
