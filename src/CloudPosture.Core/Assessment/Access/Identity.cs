using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Access;

/// <summary>A principal with every policy that decides what it may do, as it is or as it would be after a change.</summary>
internal sealed class Identity
{
    private static readonly Dictionary<string, string> NoTags = [];
    private static readonly IReadOnlyList<string> Listed = ["aws:principaltag/"];

    // What some have and not everyone: an account, an organization, a network that somebody named.
    private static readonly string[] KeysOfSome =
    [
        "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceArn", "aws:SourceAccount", "aws:SourceOwner", "aws:SourceOrgID",
        "aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpceAccount", "aws:VpceOrgID", "kms:CallerAccount",
    ];

    private Dictionary<string, IReadOnlyList<string>>? _context;

    public required IdentityKind Kind { get; init; }

    /// <summary>The ARN; the name of a service; <c>*</c> for everyone.</summary>
    public required string Arn { get; init; }

    /// <summary>The name without path.</summary>
    public required string Name { get; init; }

    /// <summary>The account, 12 digits; empty for those who have none.</summary>
    public required string AccountId { get; init; }

    /// <summary>What would have been changed about it (<c>without its boundary</c>); null for what it is.</summary>
    public string? Change { get; init; }

    /// <summary>The identity before the change; itself where there is none.</summary>
    public Identity Origin { get => field ?? this; init; }

    /// <summary>Its policies and those of its groups.</summary>
    public IReadOnlyList<AccessPolicy> Policies { get; init; } = [];

    /// <summary>The ARNs of the managed policies among them.</summary>
    public IReadOnlyList<string> ManagedPolicies { get; init; } = [];

    public AccessPolicy? Boundary { get; init; }

    /// <summary>Who may assume it; null for what is no role.</summary>
    public AccessPolicy? Trust { get; init; }

    /// <summary>The names of a user's groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The ARNs of a role's instance profiles.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = NoTags;

    /// <summary>Whether it belongs to a service, so that nobody may change it and control policies of services do not bind it.</summary>
    public bool IsServiceLinked { get; init; }

    /// <summary>The number of a user's access keys; null where it is not known.</summary>
    public int? Keys { get; init; }

    /// <summary>Whether a user has a password; null where it is not known.</summary>
    public bool? HasPassword { get; init; }

    public RequesterKind RequesterKind => Kind switch
    {
        IdentityKind.Provider => RequesterKind.Federated,
        IdentityKind.Service => RequesterKind.Service,
        IdentityKind.Everyone => RequesterKind.Anonymous,
        _ => RequesterKind.Signed,
    };

    /// <summary>All statements that were read, with their policies.</summary>
    public IEnumerable<Statement> Statements => Policies.SelectMany(policy => policy.Statements ?? []);

    /// <summary>What is known of it in each of its requests.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Context => _context ??= Kind is IdentityKind.User or IdentityKind.Role ? KnownOfSigned() : KnownOfOthers();

    /// <summary>Beginnings of keys of which all are listed in <see cref="Context"/>.</summary>
    public IReadOnlyList<string> ListedPrefixes => Kind is IdentityKind.User or IdentityKind.Role ? Listed : [];

    public override string ToString() => Change is null ? Arn : $"{Arn} {Change}";

    private Dictionary<string, IReadOnlyList<string>> KnownOfSigned()
    {
        var known = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:PrincipalType"] = [Kind == IdentityKind.User ? "User" : "AssumedRole"],
            ["aws:PrincipalIsAWSService"] = ["false"],
            ["aws:ViaAWSService"] = ["false"],
            ["aws:CalledVia"] = [],
            ["aws:SecureTransport"] = ["true"],
            ["aws:PrincipalServiceName"] = [],
            ["aws:username"] = Kind == IdentityKind.User ? [Name] : [],
        };
        foreach (var tag in Tags)
        {
            known["aws:PrincipalTag/" + tag.Key] = [tag.Value];
        }

        return known;
    }

    private Dictionary<string, IReadOnlyList<string>> KnownOfOthers()
    {
        var known = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:PrincipalIsAWSService"] = [Kind == IdentityKind.Service ? "true" : "false"],
            ["aws:SecureTransport"] = ["true"],
            ["aws:PrincipalServiceName"] = Kind == IdentityKind.Service ? [Arn] : [],
        };
        foreach (var key in Kind == IdentityKind.Everyone ? KeysOfSome : [])
        {
            known[key] = [];
        }

        return known;
    }
}
