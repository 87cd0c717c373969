using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Assessment.Access;

/// <summary>What policies that count together say to a request.</summary>
internal sealed class PolicyLayer
{
    private readonly List<(AccessPolicy Policy, Statement Statement, Verdict Applies)> _spoken = [];
    private readonly List<string> _unread = [];
    private readonly RequestContext _context;

    public PolicyLayer(IEnumerable<AccessPolicy> policies, RequestContext context, bool namesPrincipals = false)
    {
        _context = context;
        foreach (var policy in policies)
        {
            if (policy.Statements is not { } statements)
            {
                _unread.Add($"{policy.Name} could not be read");
                continue;
            }

            foreach (var statement in statements)
            {
                if (context.Applies(statement, namesPrincipals) is not Verdict.False and var applies)
                {
                    _spoken.Add((policy, statement, applies));
                }
            }
        }
    }

    /// <summary>Whether a statement allows the request.</summary>
    public Verdict Allows => VerdictOf(isAllow: true);

    /// <summary>Whether a statement refuses the request.</summary>
    public Verdict Denies => VerdictOf(isAllow: false);

    /// <summary>Whether a statement that names the principal itself allows the request, so that no policy of its own is needed.</summary>
    public Verdict AllowsByName => Most(_spoken.Where(spoken => spoken.Statement.IsAllow && _context.IsNamed(spoken.Statement)).Select(spoken => spoken.Applies));

    /// <summary>The statements that allow or refuse the request, or may, and the policies that were not read.</summary>
    public IEnumerable<string> Reasons(bool isAllow) =>
        _spoken.Where(spoken => spoken.Statement.IsAllow == isAllow)
            .Select(spoken => $"{spoken.Policy.Name}: {spoken.Statement.Label}")
            .Concat(_unread);

    /// <summary>The condition keys that keep statements undecided.</summary>
    public IEnumerable<string> UnknownKeys => _spoken.Where(spoken => spoken.Applies == Verdict.Unknown).SelectMany(spoken => _context.UnknownKeys(spoken.Statement));

    private Verdict VerdictOf(bool isAllow) => Most(_spoken.Where(spoken => spoken.Statement.IsAllow == isAllow).Select(spoken => spoken.Applies));

    private Verdict Most(IEnumerable<Verdict> verdicts)
    {
        var most = _unread.Count > 0 ? Verdict.Unknown : Verdict.False;
        foreach (var verdict in verdicts)
        {
            if (verdict == Verdict.True)
            {
                return Verdict.True;
            }

            most = Verdict.Unknown;
        }

        return most;
    }
}
