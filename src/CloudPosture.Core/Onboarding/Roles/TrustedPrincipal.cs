using System.Text.RegularExpressions;

namespace CloudPosture.Onboarding.Roles;

/// <summary>Who may assume a role.</summary>
public sealed record TrustedPrincipal
{
    // Roles and users may have a path; a session is of a role by its name alone.
    private static readonly Regex Arn = new(
        @"^arn:aws[a-z-]*:(iam::(?<account>[0-9]{12}):(root|(role|user)/[\x21-\x29\x2B-\x3E\x40-\x7E]+)|sts::(?<account>[0-9]{12}):assumed-role/[A-Za-z0-9_+=,.@-]{1,64}/[A-Za-z0-9_+=,.@-]{2,64})\z",
        RegexOptions.CultureInvariant);
    private static readonly Regex Service = new(@"^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?\z", RegexOptions.CultureInvariant);

    private string? _pattern;

    private TrustedPrincipal(string value, string? accountId, bool isService)
    {
        Value = value;
        AccountId = accountId;
        IsService = isService;
    }

    /// <summary>An account of 12 digits, an ARN, or a service's host name.</summary>
    public string Value { get; }

    /// <summary>The account it belongs to; null for a service.</summary>
    public string? AccountId { get; }

    /// <summary>True for an AWS service.</summary>
    public bool IsService { get; }

    /// <summary>True where the whole account is trusted.</summary>
    public bool IsAccount => Value == AccountId;

    /// <summary>Reads what a user gives.</summary>
    /// <param name="text">An account of 12 digits, the ARN of a role, user, role session or account root, or a service (<c>ec2.amazonaws.com</c>).</param>
    /// <returns>The principal.</returns>
    /// <exception cref="RoleSpecException">It is none of these, or a wildcard.</exception>
    public static TrustedPrincipal Parse(string text)
    {
        if (text.IndexOf('*') >= 0 || text.IndexOf('?') >= 0)
        {
            throw new RoleSpecException($"The principal '{text}' would let strangers assume the role: name an account or a role.");
        }

        if (AwsLimits.IsAccountId(text))
        {
            return new TrustedPrincipal(text, text, isService: false);
        }

        if (Arn.Match(text) is { Success: true } arn)
        {
            return new TrustedPrincipal(text, arn.Groups["account"].Value, isService: false);
        }

        return Service.IsMatch(text)
            ? new TrustedPrincipal(text, null, isService: true)
            : throw new RoleSpecException($"The principal '{text}' is neither an account of 12 digits, nor the ARN of a role (arn:aws:iam::…:role/…), a user (arn:aws:iam::…:user/…), a role's session (arn:aws:sts::…:assumed-role/…/…) or an account (arn:aws:iam::…:root), nor a service such as ec2.amazonaws.com.");
    }

    /// <summary>Reads what a preset says, in which <c>{partition}</c> may stand.</summary>
    internal static TrustedPrincipal Parse(string pattern, string partition) => Parse(PartitionPattern.Fill(pattern, partition)) with { _pattern = pattern };

    internal TrustedPrincipal In(string partition) => _pattern is null ? this : Parse(_pattern, partition);

    /// <summary>The ARN, or the service's host name.</summary>
    /// <param name="partition">The partition of an account that is given by its number.</param>
    /// <returns>What the trust policy holds.</returns>
    public string ToPrincipal(string partition) => IsAccount ? $"arn:{partition}:iam::{AccountId}:root" : Value;
}
