using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>
/// Finds who of some identities may read the data of a resource. What they are granted is sorted by how the ARNs begin that it is on, so
/// that of many identities only those are judged that may fit.
/// </summary>
/// <param name="content">The tables that paths are found by.</param>
/// <param name="estate">The accounts.</param>
/// <param name="identities">Those that are asked about; earlier ones are preferred.</param>
internal sealed class DataReaders(PathContent content, IdentityEstate estate, IReadOnlyList<Identity> identities)
{
    private const int MostTried = 6;
    private readonly DataKeys _keys = new(content, estate);
    private readonly Dictionary<DataWay, GrantIndex> _grants = [];
    private readonly Dictionary<string, int> _places = Places(identities);

    /// <summary>The places of those who may read the data, or of whom it is not known, in their order, each with what it takes.</summary>
    /// <param name="resource">The resource.</param>
    public IEnumerable<(int Place, PartJudgement Judgement)> Of(Resource resource)
    {
        var ways = content.DataWays.Where(way => way.IsFor(resource)).ToList();
        var policy = content.Policies.FirstOrDefault(field => field.Type == resource.Type)?.Of(resource);
        var places = new SortedSet<int>(ways.SelectMany(way => Index(way).Candidates(resource.Arn + way.Below)).Concat(Named(policy)));
        for (var place = 0; place < identities.Count && ways.Count > 0; place++)
        {
            // Whoever may do everything in the account lets himself in.
            if (identities[place].Kind == IdentityKind.Administrator && identities[place].AccountId == resource.AccountId)
            {
                places.Add(place);
            }
        }

        foreach (var place in places)
        {
            var identity = identities[place];
            var judgement = identity.Kind == IdentityKind.Administrator ? PartJudgement.Nothing
                : ways.Select(way => Judge(identity, resource, way, policy)).Aggregate((PartJudgement?)null, PartJudgement.Better);
            if (judgement is not null)
            {
                yield return (place, judgement);
            }
        }
    }

    private GrantIndex Index(DataWay way)
    {
        if (!_grants.TryGetValue(way, out var index))
        {
            _grants[way] = index = new GrantIndex(identities, way.Actions[0], way.Below);
        }

        return index;
    }

    // Whom the resource's own policy names; where it means everyone, all of them are worth a look.
    private IEnumerable<int> Named(AccessPolicy? policy)
    {
        var principals = (policy?.Statements ?? [])
            .Where(statement => statement.IsAllow)
            .SelectMany(statement => statement.ExceptsPrincipals ? [Principal.Everyone] : statement.Principals).ToList();
        return principals.Exists(principal => principal.IsAny) ? Enumerable.Range(0, identities.Count)
            : principals.Where(principal => _places.ContainsKey(principal.Value)).Select(principal => _places[principal.Value]);
    }

    private PartJudgement? Judge(Identity identity, Resource resource, DataWay way, AccessPolicy? policy)
    {
        PartJudgement? best = null;
        foreach (var on in Chosen(identity, resource.Arn + way.Below, way, policy))
        {
            PartJudgement? all = PartJudgement.Nothing.If(way.Asks);
            foreach (var action in way.Actions)
            {
                all = all?.And(PartJudgement.Of(action, ResourceChoice.Shown(on), estate.Decide(identity, new Ask(action, on)
                {
                    AccountId = resource.AccountId,
                    ResourcePolicy = policy,
                    Tags = way.Below.Length == 0 ? resource.Tags : null,
                    Region = resource.Region,
                })));
            }

            best = PartJudgement.Better(best, all);
            if (best is { IsCertain: true })
            {
                break;
            }
        }

        return best?.And(way.Key is null ? PartJudgement.Nothing : _keys.Judge(identity, resource, way));
    }

    // Of what is in a resource, that which the policies are about.
    private static IEnumerable<string> Chosen(Identity identity, string pattern, DataWay way, AccessPolicy? policy)
    {
        if (way.Below.Length == 0)
        {
            return [pattern];
        }

        var action = way.Actions[0].ToLowerInvariant();
        var granted = identity.Statements.Concat(policy?.Statements ?? [])
            .Where(statement => statement.IsAllow && statement.IsAboutAction(action))
            .SelectMany(statement => statement.ExceptsResources ? [Glob.Of("*")] : statement.ResourcePatterns(ResourceChoice.Variables(identity, statement), wanted: true).All);
        return Globs.Narrow([Glob.Of(pattern)], Globs.Distinct(granted), new Work())
            .Select(shape => shape.Witness())
            .Distinct(StringComparer.Ordinal)
            .Take(MostTried);
    }

    private static Dictionary<string, int> Places(IReadOnlyList<Identity> identities)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = identities.Count - 1; place >= 0; place--)
        {
            places[identities[place].Arn] = place;
        }

        return places;
    }
}
