using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CloudPosture.Tests.Assessment.Hard;

/// <summary>A policy as <c>policies.txt</c> writes it, on one line.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Answer">The right answer.</param>
/// <param name="Target">What the policy is on.</param>
/// <param name="Document">The policy as JSON.</param>
internal sealed record PolicyLine(string Question, bool Answer, string Target, string Document)
{
    private const string GitHub = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";

    public static PolicyLine Parse(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var head = line[..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var statements = line[(colon + 2)..].Split("; ").Select(Statement).ToArray();
        return new(head[0], head[1] == "yes", head[2], JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = statements }));
    }

    private static Dictionary<string, object> Statement(string text)
    {
        var (words, conditions) = text.Split(" if ") is [var before, var after] ? (before.Split(' '), after) : (text.Split(' '), null);
        var statement = new Dictionary<string, object> { ["Effect"] = words[0] };
        if (words[1] != "-")
        {
            Add(statement, "Principal", words[1], Principals);
        }

        Add(statement, "Action", words[2], list => list.Split(','));
        Add(statement, "Resource", words[3], list => list.Split(','));
        if (conditions is not null)
        {
            statement["Condition"] = Conditions(conditions.Split(" & "));
        }

        return statement;
    }

    private static void Add(Dictionary<string, object> statement, string name, string list, Func<string, object> read) =>
        statement[list[0] == '!' ? "Not" + name : name] = read(list.TrimStart('!'));

    private static object Principals(string list) => list.Split('=', 2) is not [var kind, var names] ? list
        : new Dictionary<string, string[]> { [kind] = names.Replace("GITHUB", GitHub).Split(',') };

    // An operator stands in a statement once; a second test of the same operator and key is written with another case, as keys have none.
    private static Dictionary<string, Dictionary<string, string[]>> Conditions(string[] tests)
    {
        var conditions = new Dictionary<string, Dictionary<string, string[]>>();
        foreach (var test in tests.Select(test => test.Split(' ', 3)))
        {
            if (!conditions.TryGetValue(test[0], out var keys))
            {
                conditions[test[0]] = keys = [];
            }

            keys[keys.ContainsKey(test[1]) ? test[1].ToUpperInvariant() : test[1]] = test[2].Split(',');
        }

        return conditions;
    }
}
