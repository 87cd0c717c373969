using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>Finds where paths may begin: what can be reached, and roles that let everyone in.</summary>
internal sealed class PathEntries(IdentityEstate estate, EscalationGraph graph)
{
    private const string Function = "AWS::Lambda::Function";
    private const string EcsService = "AWS::ECS::Service";
    private const string TaskDefinition = "AWS::ECS::TaskDefinition";
    private const string GuestPool = "AWS::Cognito::IdentityPool";
    private const string GuestTokens = "cognito-identity.amazonaws.com";
    private const int FunctionParts = 7;

    /// <summary>The types that are read for it, beside those of escalations.</summary>
    public static IReadOnlyList<string> Types { get; } = [EcsService, TaskDefinition, GuestPool, .. ClusterPods.Types];

    private readonly ClusterPods _pods = new(estate);
    private ILookup<string, Resource>? _servicesBehind;

    private ILookup<string, Resource> ServicesBehind => _servicesBehind ??= (
        from service in Of(EcsService)
        let own = service.Configuration.Member("Service")
        where own is not null
        let groups = own.Value.Items("loadBalancers").Select(balancer => balancer.Text("targetGroupArn"))
        let registries = own.Value.Items("serviceRegistries").Select(registry => registry.Text("registryArn"))
        from arn in groups.Concat(registries).OfType<string>()
        select (arn, service)).ToLookup(pair => pair.arn, pair => pair.service, StringComparer.Ordinal);

    /// <summary>The entries from somewhere.</summary>
    /// <param name="lines">What can be reached from there.</param>
    /// <param name="isInternet">Whether that is the Internet, from where come also those who have no network.</param>
    public IEnumerable<PathEntry> Of(IEnumerable<ReachedLine> lines, bool isInternet)
    {
        var reached = lines.SelectMany(Taken)
            .GroupBy(taken => taken.Thing.Arn, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Entry(group.First().Thing, Best(group.Select(taken => taken.Line)), isInternet))
            .SelectMany(_pods.With);
        return isInternet ? reached.Concat(Everyone()).Concat(Guests()) : reached;
    }

    /// <summary>The entry of somebody, or of what works with a role.</summary>
    /// <param name="identity">Who acts.</param>
    /// <param name="thing">What works with the role; null where somebody begins as himself.</param>
    public static PathEntry Of(Identity identity, Resource? thing) => new()
    {
        From = thing is null ? ThingLabel.Of(identity) : ThingLabel.Of(thing.Type, thing.Id),
        IsOpenToAll = identity.Kind == IdentityKind.Everyone,
        Type = thing?.Type ?? TypeOf(identity),
        Id = thing?.Id ?? identity.Name,
        Arn = thing?.Arn ?? identity.Arn,
        AccountId = identity.AccountId,
        Region = thing?.Region ?? ResourceRegion.Global,
        Identity = identity,
        Other = thing is null ? [] : [PathSteps.ActAs(ThingLabel.Of(thing.Type, thing.Id), thing.Arn, identity)],
    };

    // Behind a target group, and in a service of Cloud Map, there may be a service, whose tasks come and go.
    private IEnumerable<((string Type, string Id, string Arn, string AccountId, string Region) Thing, ReachedLine Line)> Taken(ReachedLine line)
    {
        var arn = line.Type.StartsWith("AWS::Lambda::", StringComparison.Ordinal) ? Unqualified(line.Arn) : line.Arn;
        yield return ((arn == line.Arn ? line.Type : Function, arn == line.Arn ? line.Id : arn.Substring(arn.LastIndexOf(':') + 1), arn, line.AccountId, line.Region), line);
        foreach (var service in line.Via.Length == 0 ? [] : line.Way.SelectMany(part => ServicesBehind[part]).Distinct())
        {
            yield return ((service.Type, service.Name, service.Arn, service.AccountId, service.Region), line);
        }
    }

    private static ReachedLine[] Best(IEnumerable<ReachedLine> lines)
    {
        var all = lines.ToArray();
        return Array.Exists(all, line => line.Unread.Length == 0) ? Array.FindAll(all, line => line.Unread.Length == 0) : all;
    }

    private PathEntry Entry((string Type, string Id, string Arn, string AccountId, string Region) thing, ReachedLine[] lines, bool isInternet) => new()
    {
        From = lines[0].From,
        IsOpenToAll = isInternet,
        Type = thing.Type,
        Id = thing.Id,
        Arn = thing.Arn,
        AccountId = thing.AccountId,
        Region = thing.Region,
        Identity = RoleOf(thing.Type, thing.Arn),
        Lines = lines,
        Conditions = PathSteps.Unread(lines) is { Length: > 0 } unread ? [unread] : [],
    };

    private Identity? RoleOf(string type, string arn) => type != EcsService ? graph.RoleOf(arn)
        : Of(EcsService).Where(service => service.Arn == arn).Select(service => service.Configuration.Member("Service")?.Text("taskDefinition")).FirstOrDefault() is { } definition ? graph.RoleOf(definition)
        : null;

    // What is come in by is the role itself.
    private IEnumerable<PathEntry> Everyone() => graph.Outside.Where(identity => identity.Kind == IdentityKind.Everyone)
        .SelectMany(graph.OutOf)
        .Select(candidate => graph.Judge(candidate))
        .OfType<Step>()
        .Select(step => Of(step.To, thing: null) with
        {
            From = Origin.InternetName,
            IsOpenToAll = true,
            Conditions = step.Judgement.Conditions,
            Other = [PathSteps.Escalate(step) with { Kind = PathStepKind.Request, From = Origin.InternetName, FromArn = "" }],
        });

    // Whoever asks an identity pool that takes guests is given a token for its guests' role.
    private IEnumerable<PathEntry> Guests() =>
        from pool in Of(GuestPool)
        where pool.Configuration.Member("Pool")?.Flag("AllowUnauthenticatedIdentities") == true
        let arn = pool.Configuration.Member("Roles")?.Member("Roles")?.Text("unauthenticated")
        let role = arn is null ? null : estate.Account(pool.AccountId)?.Identities.FirstOrDefault(identity => identity.Arn == arn)
        where role is not null
        let judgement = PartJudgement.Of("sts:AssumeRoleWithWebIdentity", role.Arn, estate.Decide(
            new Identity { Kind = IdentityKind.Provider, Arn = GuestTokens, Name = GuestTokens, AccountId = "" },
            new Ask("sts:AssumeRoleWithWebIdentity", role.Arn)
            {
                AccountId = role.AccountId,
                ResourcePolicy = role.Trust,
                Tags = role.Tags,
                Context = [new(GuestTokens + ":aud", [pool.Id]), new(GuestTokens + ":amr", ["unauthenticated"])],
            }))
        where judgement is not null
        select Guest(pool, role, judgement);

    private static PathEntry Guest(Resource pool, Identity role, PartJudgement judgement)
    {
        var label = ThingLabel.Of(pool.Type, pool.Id);
        return Of(role, pool) with
        {
            From = Origin.InternetName,
            IsOpenToAll = true,
            Conditions = judgement.Conditions,
            Other =
            [
                new PosturePathStep
                {
                    Kind = PathStepKind.Request,
                    From = Origin.InternetName,
                    To = label,
                    ToArn = pool.Arn,
                    Method = "guest",
                    Title = "Ask for a guest's identity",
                    Conditions = string.Join("; ", judgement.Conditions),
                    Cut = $"Let {label} take no guests",
                    CutCost = 3,
                },
                PathSteps.ActAs(label, pool.Arn, role),
            ],
        };
    }

    private IEnumerable<Resource> Of(string type) => estate.Accounts.SelectMany(account => account.Others.TryGetValue(type, out var found) ? found : []);

    public static string TypeOf(Identity identity) => identity.Kind switch
    {
        IdentityKind.User => IdentityReader.User,
        IdentityKind.Role => IdentityReader.Role,
        _ => identity.Kind.ToString(),
    };

    private static string Unqualified(string arn) => string.Join(":", arn.Split(':').Take(FunctionParts));
}
