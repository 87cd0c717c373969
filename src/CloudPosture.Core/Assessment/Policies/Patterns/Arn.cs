using CloudPosture.Lake;

namespace CloudPosture.Assessment.Policies.Patterns;

/// <summary>Takes ARNs, and patterns of them, apart.</summary>
internal static class Arn
{
    private const int Count = 6;
    private const int Service = 2;
    private const int Account = 4;
    private const int Name = 5;

    /// <summary>The account part; null where there is none or it is not fixed.</summary>
    public static string? AccountOf(string arn) => Parts(arn) is { } parts && AccountIds.IsValid(parts[Account]) ? parts[Account] : null;

    /// <summary>The account part as it stands; null for what is no ARN.</summary>
    public static string? OwnerOf(string arn) => Parts(arn)?[Account];

    /// <summary>A pattern of the same in every account; the text itself where it is no ARN.</summary>
    public static string InAnyAccount(string arn)
    {
        if (Parts(arn) is not { } parts)
        {
            return arn;
        }

        parts[Account] = "*";
        return string.Join(":", parts);
    }

    /// <summary>The service part; null for what is no ARN.</summary>
    public static string? ServiceOf(string arn) => Parts(arn)?[Service];

    /// <summary>What follows the account; null for what is no ARN.</summary>
    public static string? NameOf(string arn) => Parts(arn)?[Name];

    /// <summary>The name of the role that a session is of, which comes without the role's path; null for what is no session.</summary>
    public static string? RoleOfSession(string arn) =>
        Parts(arn) is { } parts && parts[Service] == "sts" && parts[Name].Split('/') is ["assumed-role", var role, ..] ? role : null;

    /// <summary>Whether an ARN is one of a role's sessions. Names of roles are unique in their account, whatever their paths.</summary>
    /// <param name="session">The ARN of the session.</param>
    /// <param name="role">The ARN of the role.</param>
    public static bool IsSessionOf(string session, string role) =>
        RoleOfSession(session) is { } name && Parts(role) is { } parts && parts[Service] == "iam" && parts[Account] == AccountOf(session)
        && parts[Name].Split('/') is ["role", .., var last] && last == name;

    /// <summary>The six parts of an ARN; null for what has fewer.</summary>
    public static string[]? Parts(string arn) => arn.Split([':'], Count) is { Length: Count } parts ? parts : null;
}
