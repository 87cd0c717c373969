using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using Actions = CloudPosture.Assessment.Policies.Solving.KnownActions;

namespace CloudPosture.Posture.Access;

/// <summary>
/// Answers which services users and roles may use and do not: what their policies allow, judged as for any request, beside what IAM tells of
/// their last access. What was not read is a gap, and nothing is called unused for it.
/// </summary>
public sealed class UnusedAccessAnalysis
{
    private const string UserUse = "AWS::IAM::UserLastAccess";
    private const string RoleUse = "AWS::IAM::RoleLastAccess";
    private const string Services = "Services";

    private static readonly AccessPolicy OfSomeKeyOrRole = new("policy of the key or role", null);
    private readonly IdentityEstate _estate;
    private readonly Dictionary<string, Resource> _uses = new(StringComparer.Ordinal);

    private UnusedAccessAnalysis(IdentityEstate estate)
    {
        _estate = estate;
        foreach (var use in estate.Accounts.SelectMany(account => account.Others[UserUse].Concat(account.Others[RoleUse])))
        {
            _uses[use.Arn] = use;
        }
    }

    /// <summary>Accounts in an organization whose control policies were not read: the answers may allow what these forbid.</summary>
    public IReadOnlyList<string> AccountsWithoutControl => [.. _estate.WithoutControl];

    /// <summary>The ARNs of all users and roles.</summary>
    public IEnumerable<string> Principals => _estate.Identities.Select(identity => identity.Arn);

    /// <summary>Reads accounts.</summary>
    /// <param name="snapshots">The accounts.</param>
    /// <param name="content">What can be harvested.</param>
    /// <param name="resources">Reads an account's resources of some types, where there is a quicker way than to read all; null for none.</param>
    public static UnusedAccessAnalysis Of(IEnumerable<IAccountSnapshot> snapshots, ContentSet content, Func<IAccountSnapshot, IReadOnlyList<string>, IEnumerable<Resource>>? resources = null) =>
        new(IdentityEstate.Read(snapshots, content.Catalog, [UserUse, RoleUse], resources));

    /// <summary>What a user or role may use, and did not since a time.</summary>
    /// <param name="arn">Its ARN.</param>
    /// <param name="since">The time, in UTC. Whoever is younger had no time to use anything.</param>
    /// <returns>The services; null where no such user or role was harvested.</returns>
    public PrincipalUse? Of(string arn, DateTimeOffset since)
    {
        if (_estate.Find(arn) is not { } identity)
        {
            return null;
        }

        if (!_uses.TryGetValue(arn, out var use) || use.Configuration.Member(Services) is not { ValueKind: JsonValueKind.Array } || use.Gaps.Any(gap => gap.Field is Services or "JobId"))
        {
            return new PrincipalUse([], UseGap.NoLastAccess);
        }

        var gap = identity.Policies.Any(policy => policy.Statements is null) ? UseGap.NoPolicy : (UseGap?)null;
        return Time(use.Configuration, "CreateDate") > since ? new PrincipalUse([], gap) : new PrincipalUse([.. Unused(identity, use, since)], gap);
    }

    private IEnumerable<UnusedAccess> Unused(Identity identity, Resource use, DateTimeOffset since)
    {
        var grants = identity.Policies.SelectMany(policy => (policy.Statements ?? [])
            .Where(statement => statement.IsAllow)
            .Select(statement => new Grant(identity, policy, statement))).ToList();
        return
            from service in use.Configuration.Items(Services)
            let prefix = service.Text("ServiceNamespace")?.ToLowerInvariant()
            where prefix is not null
            let last = Time(service, "LastAuthenticated")
            where last is null || last < since
            let allowed = grants.Select(grant => (grant.Name, Patterns: Allowed(identity, grant, prefix))).Where(grant => grant.Patterns.Count > 0).ToList()
            where allowed.Count > 0
            let patterns = allowed.SelectMany(grant => grant.Patterns).ToList()
            orderby prefix
            select new UnusedAccess(
                AccessParty.Of(identity), prefix, service.Text("ServiceName") ?? prefix, last, [.. patterns.Select(pattern => pattern.Text).Distinct(StringComparer.Ordinal)],
                patterns.Exists(pattern => pattern.IsCertain), [.. allowed.Select(grant => grant.Name)], use.HarvestedAt);
    }

    /// <summary>The patterns of a statement by which an action of a service is allowed after all, boundary, denials and control policies counted.</summary>
    private List<(string Text, bool IsCertain)> Allowed(Identity identity, Grant grant, string service)
    {
        var allowed = new List<(string, bool)>();
        foreach (var (text, isAbout) in grant.Patterns)
        {
            if (Best(identity, grant, Actions.Of(service).Where(isAbout)) is { } isCertain)
            {
                allowed.Add((text, isCertain));
            }
        }

        return allowed;
    }

    // One action that is allowed in any case is enough. Which keys and roles let it in is not asked: it hangs on them.
    private bool? Best(Identity identity, Grant grant, IEnumerable<string> actions)
    {
        bool? best = null;
        foreach (var action in actions)
        {
            foreach (var resource in grant.Resources)
            {
                switch (_estate.Decide(identity, new Ask(action, resource) { ResourcePolicy = AccessEvaluator.IsGuarded(action) ? OfSomeKeyOrRole : null }).Outcome)
                {
                    case AccessOutcome.Allowed:
                        return true;
                    case AccessOutcome.Unknown:
                        best = false;
                        break;
                }
            }
        }

        return best;
    }

    private static DateTimeOffset? Time(JsonElement json, string name) =>
        DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>A statement that allows something.</summary>
    private sealed class Grant(Identity identity, AccessPolicy policy, Statement statement)
    {
        public string Name { get; } = $"{policy.Name}: {statement.Label}";

        public IReadOnlyList<string> Resources { get; } = [.. AccessAnalysis.ResourcesOf(identity, statement).Select(resource => resource.Resource)];

        public IReadOnlyList<(string Text, Func<string, bool> IsAbout)> Patterns { get; } = statement.ExceptsActions
            ? [($"all but {string.Join(", ", statement.Actions.Select(action => action.Text))}", statement.IsAboutAction)]
            : [.. statement.Actions.Select(action => (action.Text, IsAbout(action)))];

        private static Func<string, bool> IsAbout(TextPattern pattern) =>
            pattern.Resolve(NoVariables.Instance, wanted: false) is { } glob ? glob.Matches : _ => false;
    }
}
