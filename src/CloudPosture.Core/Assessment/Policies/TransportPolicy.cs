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
        var answers = Requesters.Everyone(policy.Denies, owner, WithoutTls).Select(requester => solver.CanAsk(allows, requester)).ToArray();
        return answers.Contains(true) ? false : answers.Contains(null) ? null : true;
    }

    private static Domain? WithoutTls(string key) => key == "aws:securetransport" ? Domain.Of("false") : null;
}
