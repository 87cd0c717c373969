using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies;

/// <summary>Answers whether a resource's policy refuses requests without TLS.</summary>
internal static class TransportPolicy
{
    private static readonly Statement Everything = PolicyDocument.Parse("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}""")!.Statements[0];

    /// <summary>
    /// Whether every action on every part of the resource is denied to everyone who comes without TLS; null where that is too hard to
    /// tell. AWS services are left out: they speak to each other with TLS alone.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="target">What it is on.</param>
    public static bool? DeniesInsecure(PolicyDocument policy, Owner owner, PolicyTarget target)
    {
        var work = new Work();
        var solver = new RequestSolver(policy.Denies, target, work);
        IReadOnlyList<Statement> allows = [Everything];
        var answers = Requesting(policy, owner).Select(requester => solver.CanAsk(allows, requester)).ToArray();
        return answers.Contains(true) ? false : answers.Contains(null) ? null : true;
    }

    // Someone that no statement names, someone without credentials, and whoever a Deny leaves out by name.
    private static IEnumerable<Requester> Requesting(PolicyDocument policy, Owner owner)
    {
        foreach (var way in new[] { false, true })
        {
            yield return new Requester { Kind = RequesterKind.Signed, Sphere = Sphere.Anyone, Fixed = WithoutTls, Owner = owner, ThroughEndpoint = way };
            yield return new Requester { Kind = RequesterKind.Anonymous, Sphere = Sphere.Anyone, Fixed = WithoutTls, Owner = owner, ThroughEndpoint = way };
        }

        foreach (var principal in policy.Denies.Where(deny => deny.ExceptsPrincipals)
            .SelectMany(deny => deny.Principals)
            .Where(principal => principal.Kind is PrincipalKind.Aws or PrincipalKind.CanonicalUser && !principal.IsDeleted).Distinct())
        {
            yield return new Requester
            {
                Kind = principal.Kind == PrincipalKind.Aws ? RequesterKind.Signed : RequesterKind.Canonical,
                Sphere = Sphere.Anyone,
                Fixed = WithoutTls,
                Owner = owner,
                AccountId = principal.AccountId,
                Name = principal.IsWholeAccount ? null : principal.Value,
            };
        }
    }

    private static Domain? WithoutTls(string key) => key == "aws:securetransport" ? Domain.Of("false") : null;
}
