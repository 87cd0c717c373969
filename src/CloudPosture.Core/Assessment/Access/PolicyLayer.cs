using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;

namespace CloudPosture.Assessment.Access;

/// <summary>What policies that count together say to a request.</summary>
internal sealed class PolicyLayer
{
    private readonly List<(string Label, Statement Statement, Verdict Applies)> _spoken = [];
    private readonly List<string> _unread = [];
    private readonly RequestContext _context;

    public PolicyLayer(IEnumerable<AccessPolicy> policies, RequestContext context, bool namesPrincipals = false)
    {
        _context = context;
        foreach (var policy in policies)
        {
            if (policy.Document is null || PolicyDocument.Parse(policy.Document) is not { } document)
            {
                _unread.Add($"{policy.Name} could not be read");
                continue;
            }

            _spoken.AddRange(document.Statements
                .Select(statement => ($"{policy.Name}: {statement.Label}", statement, context.Applies(statement, namesPrincipals)))
                .Where(spoken => spoken.Item3 != Verdict.False));
        }
    }

    /// <summary>Whether a statement allows the request.</summary>
    public Verdict Allows => VerdictOf(isAllow: true);

    /// <summary>Whether a statement refuses the request.</summary>
    public Verdict Denies => VerdictOf(isAllow: false);

    /// <summary>Whether a statement that names the principal itself allows the request, so that no policy of its own is needed.</summary>
    public Verdict AllowsByName => Most(_spoken.Where(spoken => spoken.Statement.IsAllow && _context.IsNamed(spoken.Statement)).Select(spoken => spoken.Applies));

    /// <summary>The statements that allow or refuse the request, or may, and the policies that were not read.</summary>
    public IEnumerable<string> Reasons(bool isAllow) => _spoken.Where(spoken => spoken.Statement.IsAllow == isAllow).Select(spoken => spoken.Label).Concat(_unread);

    private Verdict VerdictOf(bool isAllow) => Most(_spoken.Where(spoken => spoken.Statement.IsAllow == isAllow).Select(spoken => spoken.Applies));

    private Verdict Most(IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToArray();
        return all.Contains(Verdict.True) ? Verdict.True : all.Contains(Verdict.Unknown) || _unread.Count > 0 ? Verdict.Unknown : Verdict.False;
    }
}
