using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>
/// Finds whether a requester can make a request that statements allow and no Deny refuses. Action, resource and each condition key are
/// chosen by themselves, from texts that stand for all others; of each choice is known which Deny it escapes, so that what is looked
/// for is a choice for each that together escape them all.
/// </summary>
/// <param name="denies">The statements that deny.</param>
/// <param name="target">What is asked about.</param>
/// <param name="work">What the question may take.</param>
/// <param name="isStrict">Whether values of conditions that cannot be understood are taken against the requester.</param>
internal sealed class RequestSolver(IReadOnlyList<Statement> denies, PolicyTarget target, Work work, bool isStrict = false)
{
    private static readonly Glob Everything = Glob.Of("*");
    private readonly bool _hasVariables = denies.Any(deny => deny.Resources.Any(resource => resource.HasVariables));
    private readonly bool _hasConditions = denies.Any(deny => deny.Conditions.Count > 0);
    private readonly int[] _actionCosts = [.. denies.Select(deny => deny.ActionPatterns.Cost)];
    private IReadOnlyList<Statement>? _allows;
    private IReadOnlyList<StatementBits>[]? _actions;
    private IReadOnlyList<StatementBits>?[]? _resources;

    /// <summary>Whether there is such a request; null where the work did not suffice to tell.</summary>
    /// <param name="allows">Statements that all must allow it; best the same list for one requester after the other.</param>
    /// <param name="requester">Who asks.</param>
    public bool? CanAsk(IReadOnlyList<Statement> allows, Requester requester)
    {
        if (KeyChoices(allows, requester) is not { } keys)
        {
            return work.IsExhausted ? null : false;
        }

        var met = MetBy(requester);
        Prepare(allows, requester);
        for (var facet = 0; facet < target.Facets.Count; facet++)
        {
            var actions = _actions![facet];
            if (actions.Count == 0 || IsInescapable(met, [actions, .. keys], target.Facets[facet], requester))
            {
                continue;
            }

            var resources = _resources![facet] ??= ResourceEscapes(allows, target.Facets[facet], requester);
            if (resources.Count > 0 && new EscapeSearch([actions, resources, .. keys], work).Escapes(met))
            {
                return true;
            }
        }

        return work.IsExhausted ? null : false;
    }

    /// <summary>The actions, of some, for which there is such a request; not all of them where the work did not suffice.</summary>
    /// <param name="allows">Statements that all must allow it.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="keys">The requester's choices of condition keys.</param>
    /// <param name="actions">The actions in lower case.</param>
    public IEnumerable<string> Askable(IReadOnlyList<Statement> allows, Requester requester, IReadOnlyList<IReadOnlyList<StatementBits>> keys, IEnumerable<string> actions)
    {
        var met = MetBy(requester);
        var resources = target.Facets.Select(facet => ResourceEscapes(allows, facet, requester)).Where(choices => choices.Count > 0).ToArray();
        // What escapes the same Denies is answered alike.
        var answers = new Dictionary<StatementBits, bool>();
        bool CanEscape(StatementBits action)
        {
            if (!answers.TryGetValue(action, out var answer))
            {
                answers[action] = answer = Array.Exists(resources, choices => new EscapeSearch([[action], choices, .. keys], work).Escapes(met));
            }

            return answer;
        }

        return actions.Where(action => allows.All(allow => allow.IsAboutAction(action)) && CanEscape(Escaped(action, EscapesAction, _actionCosts)));
    }

    /// <summary>What the requester can choose for each condition key, whatever is asked and of what; null where a key leaves no choice, so that nothing can be asked.</summary>
    /// <param name="allows">Statements that all must allow it.</param>
    /// <param name="requester">Who asks.</param>
    public IReadOnlyList<IReadOnlyList<StatementBits>>? KeyChoices(IReadOnlyList<Statement> allows, Requester requester) =>
        _hasConditions || allows.Any(allow => allow.Conditions.Count > 0) ? Choices(allows, requester) : [];

    // Whether a Deny of every resource is met whatever else is chosen, so that no resource need be looked for.
    private bool IsInescapable(StatementBits met, IReadOnlyList<StatementBits>[] kinds, PolicyTarget.Facet facet, Requester requester) => met.Places()
        .Where(place => kinds.All(kind => !kind.Any(choice => choice[place])))
        .Any(place => !denies[place].ExceptsResources && IsAboutAll(denies[place].ResourcePatterns(requester, wanted: false).All, facet));

    // Where a policy may be about other resources than the one it is on, only a wildcard is about all.
    private bool IsAboutAll(IReadOnlyList<Glob> patterns, PolicyTarget.Facet facet) =>
        (target.IsExact ? facet.Resources : [Everything]).All(resource => patterns.Any(pattern => pattern.Covers(resource)));

    private StatementBits MetBy(Requester requester)
    {
        var met = new StatementBits(denies.Count);
        for (var i = 0; i < denies.Count; i++)
        {
            if (requester.IsMeantBy(denies[i]))
            {
                met.Add(i);
            }
        }

        return met;
    }

    // Actions and resources are the same for everyone who asks, unless variables are in the way.
    private void Prepare(IReadOnlyList<Statement> allows, Requester requester)
    {
        var isNew = !ReferenceEquals(_allows, allows);
        _allows = allows;
        if (isNew || requester.OnlyAction is not null)
        {
            var actions = requester.OnlyAction is { } only
                ? allows.All(allow => allow.IsAboutAction(only)) ? [only] : []
                : ActionCandidates.Of(allows, denies, target.Service, work);
            _actions = [.. target.Facets.Select(facet => ActionEscapes(facet.IsActionOn is { } isOn ? actions.Where(isOn) : actions))];
        }

        if (isNew || _hasVariables || allows.Any(allow => allow.Resources.Any(resource => resource.HasVariables)))
        {
            _resources = new IReadOnlyList<StatementBits>?[target.Facets.Count];
        }
    }

    private IReadOnlyList<StatementBits> ActionEscapes(IEnumerable<string> actions) =>
        Escapes(actions, EscapesAction, _actionCosts);

    private static bool EscapesAction(Statement deny, string action) => !deny.IsAboutAction(action);

    private IReadOnlyList<StatementBits> ResourceEscapes(IReadOnlyList<Statement> allows, PolicyTarget.Facet facet, Requester requester)
    {
        var patterns = denies.ToDictionary(deny => deny, deny => deny.ResourcePatterns(requester, wanted: false));
        var resources = ResourceCandidates.Of(allows, denies, facet.Resources, target.IsExact, requester, work);
        return Escapes(resources, (deny, resource) => patterns[deny].Matches(resource) == deny.ExceptsResources, [.. denies.Select(deny => patterns[deny].Cost)]);
    }

    // For each key the values that the allowing statements let through; null where a key has none.
    private List<IReadOnlyList<StatementBits>>? Choices(IReadOnlyList<Statement> allows, Requester requester)
    {
        var wanted = allows.SelectMany(allow => allow.Conditions)
            .Select(condition => (Condition: condition, Test: new ConditionTest(condition, requester, wanted: true, isStrict)))
            .ToLookup(pair => pair.Condition.Key, StringComparer.Ordinal);
        var unwanted = denies.SelectMany((deny, place) => deny.Conditions.Select(condition =>
                (Place: place, Condition: condition, Test: new ConditionTest(condition, requester, wanted: false, isStrict))))
            .ToLookup(pair => pair.Condition.Key, StringComparer.Ordinal);
        KeyQuestion About(string key) => new(key, requester, [.. wanted[key]], [.. unwanted[key]], work);
        var choices = new List<IReadOnlyList<StatementBits>>();
        foreach (var keys in wanted.Select(group => group.Key)
            .Union(unwanted.Select(group => group.Key), StringComparer.Ordinal)
            .GroupBy(OrganizationKeys.IdOf, StringComparer.Ordinal))
        {
            var found = keys.Count() == 1 ? OfOne(About(keys.First())) : OfOrganization(About(keys.Key), About(keys.First(key => key != keys.Key)));
            if (found.Count == 0)
            {
                return null;
            }

            choices.Add(Best(found));
        }

        return choices;
    }

    private HashSet<StatementBits> OfOne(KeyQuestion question) => [.. question.Values([]).Select(value => Escaped((question, value)))];

    // Chosen apart, the two would be of different organizations.
    private HashSet<StatementBits> OfOrganization(KeyQuestion id, KeyQuestion paths)
    {
        var (ids, inPaths) = (id.Values([]), paths.Values([]));
        return [.. OrganizationKeys.Together(id.Values(OrganizationKeys.IdsIn(inPaths)), paths.Values(OrganizationKeys.PathsIn(ids, inPaths)))
            .Select(both => Escaped((id, both.Id), (paths, both.Paths)))];
    }

    private StatementBits Escaped(params (KeyQuestion Question, KeyValue Value)[] values)
    {
        var escaped = new StatementBits(denies.Count);
        foreach (var (question, value) in values)
        {
            question.AddEscaped(escaped, value);
        }

        return escaped;
    }

    private IReadOnlyList<StatementBits> Escapes(IEnumerable<string> texts, Func<Statement, string, bool> escapes, int[] costs) =>
        Best([.. texts.Select(text => Escaped(text, escapes, costs))]);

    private StatementBits Escaped(string text, Func<Statement, string, bool> escapes, int[] costs)
    {
        var escaped = new StatementBits(denies.Count);
        for (var i = 0; i < denies.Count && work.SpendTrying(1 + costs[i]); i++)
        {
            if (escapes(denies[i], text))
            {
                escaped.Add(i);
            }
        }

        return escaped;
    }

    // A choice that escapes less than another is never needed.
    private IReadOnlyList<StatementBits> Best(HashSet<StatementBits> choices) =>
        choices.Count <= 1 || !work.SpendSparing((long)choices.Count * choices.Count / 8) ? [.. choices]
        : [.. choices.Where(choice => !choices.Any(other => !other.Equals(choice) && other.Contains(choice)))];
}
