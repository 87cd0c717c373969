using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Graph.Network.Reading;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>
/// The roles that pods on the nodes of an EKS cluster work with, by Pod Identity and by tokens of the cluster's own provider. Whoever has
/// taken over a node may act as those whose pods run on it, which no harvest shows.
/// </summary>
/// <param name="estate">The accounts.</param>
internal sealed class ClusterPods(IdentityEstate estate)
{
    private const string Cluster = "AWS::EKS::Cluster";
    private const string Association = "AWS::EKS::PodIdentityAssociation";
    private const string ProviderMark = "oidc-provider/";
    private const string Https = "https://";
    private const string OwnedMark = "kubernetes.io/cluster/";
    private const int Work = 3;
    private static readonly string[] NameTags = ["eks:cluster-name", "aws:eks:cluster-name"];
    private Dictionary<string, string>? _clustersOfNodes;

    /// <summary>The types that are read for it, beside instances.</summary>
    public static IReadOnlyList<string> Types { get; } = [Cluster, Association];

    private Dictionary<string, string> ClustersOfNodes => _clustersOfNodes ??= (
        from instance in Of(NetworkTypes.Instance)
        let cluster = ClusterOf(instance)
        where cluster is not null
        select (instance.Arn, cluster)).GroupBy(pair => pair.Arn, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().cluster, StringComparer.Ordinal);

    /// <summary>An entry, and where it is a node one for each role of a pod.</summary>
    public IEnumerable<PathEntry> With(PathEntry entry)
    {
        yield return entry;
        if (entry.Type != NetworkTypes.Instance || !ClustersOfNodes.TryGetValue(entry.Arn, out var cluster))
        {
            yield break;
        }

        foreach (var (role, account) in RolesOf(cluster, entry.AccountId, entry.Region)
            .Where(pod => pod.Role != entry.Identity)
            .GroupBy(pod => pod.Role)
            .Select(same => same.First()))
        {
            var condition = $"a pod of {account} runs on {entry.Id}";
            yield return entry with { Identity = role, Conditions = [.. entry.Conditions, condition], Lines = [], Other = [entry.Steps[0], ActAs(entry, role, account, condition)] };
        }
    }

    private static string? ClusterOf(Resource instance)
    {
        foreach (var name in NameTags)
        {
            if (instance.Tags.TryGetValue(name, out var cluster))
            {
                return cluster;
            }
        }

        return instance.Tags.Keys.FirstOrDefault(key => key.StartsWith(OwnedMark, StringComparison.Ordinal))?.Substring(OwnedMark.Length);
    }

    private IEnumerable<(Identity Role, string ServiceAccount)> RolesOf(string cluster, string accountId, string region)
    {
        bool IsHere(Resource resource) => resource.AccountId == accountId && resource.Region == region;
        var roles = estate.Account(accountId)?.Identities.Where(identity => identity.Kind == IdentityKind.Role).ToList() ?? [];
        var associated =
            from association in Of(Association).Where(IsHere)
            where association.Configuration.Text("clusterName") == cluster
            from role in roles
            where role.Arn == association.Configuration.Member("Details")?.Text("roleArn")
            select (role, $"the service account {association.Configuration.Text("namespace")}/{association.Configuration.Text("serviceAccount")}");
        var issuers = Of(Cluster).Where(IsHere).Select(found => found.Configuration.Member("Cluster")).Where(found => found?.Text("name") == cluster)
            .Select(found => found?.Member("identity")?.Member("oidc")?.Text("issuer")).OfType<string>()
            .Select(issuer => ProviderMark + (issuer.StartsWith(Https, StringComparison.Ordinal) ? issuer.Substring(Https.Length) : issuer)).ToList();
        return associated.Concat(
            from role in roles
            where issuers.Exists(issuer => Trusts(role, issuer))
            select (role, $"a service account that {ThingLabel.Of(role)} trusts"));
    }

    private static bool Trusts(Identity role, string provider) => role.Trust?.Statements?.Any(statement => statement.IsAllow
        && statement.Principals.Any(principal => principal.Kind == PrincipalKind.Federated && principal.Value.EndsWith(provider, StringComparison.Ordinal))) == true;

    private static PosturePathStep ActAs(PathEntry entry, Identity role, string account, string condition)
    {
        var label = ThingLabel.Of(entry.Type, entry.Id);
        return PathSteps.ActAs(label, entry.Arn, role) with
        {
            Method = "acts-as-pod",
            Title = "Act as the role of a pod on the node",
            Conditions = condition,
            Cut = $"Keep pods of {account} off {label}, or give {ThingLabel.Of(role)} no more than it needs",
            CutCost = Work,
        };
    }

    private IEnumerable<Resource> Of(string type) => estate.Accounts.SelectMany(account => account.Others.TryGetValue(type, out var found) ? found : []);
}
