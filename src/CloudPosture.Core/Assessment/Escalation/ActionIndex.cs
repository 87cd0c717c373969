using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Tells which of the actions that methods need an identity may hold, so that few methods are judged in full. What it leaves out is surely not held.</summary>
internal sealed class ActionIndex
{
    private const int WordLength = 64;
    private static readonly string AnyAction = Glob.Of("*:*").Witness();
    private readonly string[] _actions;
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<Statement, ulong[]> _statements = [];
    private readonly Dictionary<AccessPolicy, ulong[]> _policies = [];
    private readonly Dictionary<string, ulong[]?> _limits = new(StringComparer.Ordinal);

    public ActionIndex(IEnumerable<EscalationMethod> methods)
    {
        _actions = [.. methods.SelectMany(method => method.Actions)
            .Select(action => Asked(action.Name))
            .Append(AnyAction)
            .Distinct(StringComparer.Ordinal)];
        _places = _actions.Select((action, place) => (action, place)).ToDictionary(pair => pair.action, pair => pair.place, StringComparer.Ordinal);
    }

    private int Words => (_actions.Length + WordLength - 1) / WordLength;

    /// <summary>What is asked for in place of a pattern: an action that no policy singles out.</summary>
    public static string Asked(string action) => Glob.Of(action.ToLowerInvariant()).Witness();

    /// <summary>The set of some actions.</summary>
    public ulong[] SetOf(IEnumerable<string> actions)
    {
        var set = new ulong[Words];
        foreach (var action in actions)
        {
            Add(set, _places[Asked(action)]);
        }

        return set;
    }

    /// <summary>Whether one set holds all of another.</summary>
    public static bool Holds(ulong[] set, ulong[] wanted)
    {
        for (var word = 0; word < set.Length; word++)
        {
            if ((wanted[word] & ~set[word]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a set holds what no policy singles out, as administrators do.</summary>
    public bool HoldsAnything(ulong[] set) => Has(set, _places[AnyAction]);

    /// <summary>Whether a set holds anything at all.</summary>
    public static bool HoldsSomething(ulong[] set) => Array.Exists(set, word => word != 0);

    /// <summary>Whether a statement is about an action.</summary>
    public bool IsAbout(Statement statement, string action) => Has(Of(statement), _places[Asked(action)]);

    /// <summary>What policies grant together, but for what they refuse whatever the resource.</summary>
    public ulong[] GrantedBy(IEnumerable<AccessPolicy> policies)
    {
        var (granted, refused) = (new ulong[Words], new ulong[Words]);
        foreach (var policy in policies)
        {
            foreach (var statement in policy.Statements ?? [])
            {
                if (statement.IsAllow)
                {
                    Unite(granted, Of(statement));
                }
                else if (RefusesAll(statement))
                {
                    Unite(refused, Of(statement));
                }
            }
        }

        for (var word = 0; word < granted.Length; word++)
        {
            granted[word] &= ~refused[word];
        }

        return granted;
    }

    /// <summary>What an identity holds at most.</summary>
    public ulong[] HeldBy(Identity identity, IdentityEstate estate)
    {
        var held = GrantedBy(identity.Policies);
        if (identity.Boundary is { Statements: not null } boundary)
        {
            if (!_policies.TryGetValue(boundary, out var most))
            {
                _policies[boundary] = most = GrantedBy([boundary]);
            }

            Narrow(held, most);
        }

        if (!identity.IsServiceLinked && LimitsOf(identity, estate) is { } limits)
        {
            Narrow(held, limits);
        }

        return held;
    }

    private ulong[]? LimitsOf(Identity identity, IdentityEstate estate)
    {
        if (!_limits.TryGetValue(identity.AccountId, out var limits))
        {
            foreach (var level in estate.LimitsOf(identity).Where(level => level.All(policy => policy.Statements is not null)))
            {
                var granted = GrantedBy(level);
                if (limits is null)
                {
                    limits = granted;
                }
                else
                {
                    Narrow(limits, granted);
                }
            }

            _limits[identity.AccountId] = limits;
        }

        return limits;
    }

    private ulong[] Of(Statement statement)
    {
        if (!_statements.TryGetValue(statement, out var set))
        {
            _statements[statement] = set = new ulong[Words];
            for (var place = 0; place < _actions.Length; place++)
            {
                if (statement.IsAboutAction(_actions[place]))
                {
                    Add(set, place);
                }
            }
        }

        return set;
    }

    private static bool RefusesAll(Statement statement) =>
        statement is { ExceptsResources: false, Conditions.Count: 0, HasResourceVariables: false }
        && statement.ResourcePatterns(NoVariables.Instance, wanted: false).Wild.Any(pattern => pattern.Pattern.Length == 1 && pattern.Pattern[0] == Glob.Any);

    private static void Unite(ulong[] set, ulong[] other)
    {
        for (var word = 0; word < set.Length; word++)
        {
            set[word] |= other[word];
        }
    }

    private static void Narrow(ulong[] set, ulong[] other)
    {
        for (var word = 0; word < set.Length; word++)
        {
            set[word] &= other[word];
        }
    }

    private static void Add(ulong[] set, int place) => set[place / WordLength] |= 1UL << (place % WordLength);

    private static bool Has(ulong[] set, int place) => (set[place / WordLength] & (1UL << (place % WordLength))) != 0;
}
