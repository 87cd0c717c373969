using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Content.Yaml;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>Actions of which all must be allowed.</summary>
/// <param name="Text">As the rule names them.</param>
/// <param name="Actions">Every action that its patterns match, in lower case.</param>
internal sealed record ActionSet(string Text, IReadOnlyList<string> Actions)
{
    private const int MostLabels = 3;

    /// <summary>The lists of actions in <c>sets</c>.</summary>
    public static IReadOnlyList<ActionSet> Read(YamlMap arguments)
    {
        var sets = arguments.RequiredNode("sets") is YamlSequenceNode list
            ? list.Children.OfType<YamlSequenceNode>().Select(set => Of([.. set.Children.Select(action => action.ToString())])).ToList()
            : [];
        return sets.Count > 0 && sets.TrueForAll(set => set.Actions.Count > 0)
            ? sets
            : throw arguments.Error("'sets' takes lists of actions, such as [[iam:PassRole, lambda:CreateFunction], [\"kms:*\"]].");
    }

    /// <summary>The actions that patterns match, of those that IAM knows; what no action of IAM's is called is one of its own.</summary>
    public static ActionSet Of(IReadOnlyList<string> patterns) => new(
        string.Join(" and ", patterns),
        [.. patterns.Select(pattern => Glob.Of(pattern.ToLowerInvariant()))
            .SelectMany(pattern => KnownActions.Matching(pattern).DefaultIfEmpty(pattern.Witness()))
            .Distinct(StringComparer.Ordinal)]);

    /// <summary>Whether all are among those that are allowed.</summary>
    public bool IsIn(IReadOnlyDictionary<string, Statement> allowed) => Actions.All(allowed.ContainsKey);

    /// <summary>What they are, and the statements that allow them.</summary>
    /// <param name="allowed">The allowed actions.</param>
    /// <param name="label">How people find a statement.</param>
    public string Describe(IReadOnlyDictionary<string, Statement> allowed, Func<Statement, string> label)
    {
        var labels = Actions.Select(action => label(allowed[action])).Distinct(StringComparer.Ordinal).ToList();
        return $"{Text} by {string.Join(", ", labels.Take(MostLabels))}{(labels.Count > MostLabels ? ", …" : "")}";
    }
}
