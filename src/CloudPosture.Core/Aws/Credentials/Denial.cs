using System.Text.RegularExpressions;

namespace CloudPosture.Aws.Credentials;

/// <summary>What AWS says about a call it denied.</summary>
public sealed record Denial
{
    private static readonly Regex Form = new(
        @"User: (?<caller>\S+) is not authorized to perform: (?<action>[\w-]+:\w+)( on resource: (?<resource>\S+))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex Why = new(
        @"(because no|with an explicit deny in (a|an|the)) (?<kind>identity-based|role trust|resource-based|service control|resource control|permissions boundary|session|VPC endpoint)( policy)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase);

    /// <summary>The caller's ARN; null where AWS did not say.</summary>
    public string? Caller { get; init; }

    /// <summary>The IAM action; null where AWS did not say.</summary>
    public string? Action { get; init; }

    /// <summary>The resource's ARN; null where AWS did not say.</summary>
    public string? Resource { get; init; }

    /// <summary>Which kind of policy refused.</summary>
    public DenialReason Reason { get; init; }

    /// <summary>True where a policy denies; false where none allows.</summary>
    public bool IsExplicit { get; init; }

    /// <summary>Reads the message of an access-denied error.</summary>
    public static Denial Parse(string message)
    {
        var form = Form.Match(message);
        var why = Why.Match(message);
        return new Denial
        {
            Caller = Part(form, "caller"),
            Action = Part(form, "action"),
            Resource = Part(form, "resource"),
            Reason = Reasoned(why.Groups["kind"].Value.ToLowerInvariant(), Part(form, "action")),
            IsExplicit = why.Success && why.Value.StartsWith("with", System.StringComparison.OrdinalIgnoreCase),
        };
    }

    private static string? Part(Match match, string group) => match.Groups[group] is { Success: true } part ? part.Value : null;

    private static DenialReason Reasoned(string kind, string? action) => kind switch
    {
        "identity-based" => DenialReason.IdentityPolicy,
        "role trust" => DenialReason.TrustPolicy,
        // The one policy on a role as a resource is its trust policy.
        "resource-based" => action == "sts:AssumeRole" ? DenialReason.TrustPolicy : DenialReason.ResourcePolicy,
        "service control" => DenialReason.ServiceControlPolicy,
        "resource control" => DenialReason.ResourceControlPolicy,
        "permissions boundary" => DenialReason.PermissionsBoundary,
        "session" => DenialReason.SessionPolicy,
        "vpc endpoint" => DenialReason.EndpointPolicy,
        _ => DenialReason.Unknown,
    };
}
