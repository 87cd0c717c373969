using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CloudPosture.Onboarding.Policies;

/// <summary>Writes and measures policy documents.</summary>
public static class PolicyText
{
    /// <summary>IAM's limit of a managed policy, in characters without white space.</summary>
    public const int ManagedPolicyLimit = 6144;

    /// <summary>IAM's limit of a role's inline policies together, in characters without white space.</summary>
    public const int InlinePoliciesLimit = 10240;

    /// <summary>IAM's limit of a trust policy, as every account starts with it.</summary>
    public const int TrustPolicyLimit = 2048;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>What IAM counts against its limits.</summary>
    /// <param name="document">A policy document.</param>
    /// <returns>The number of characters that are not white space.</returns>
    public static int Measure(string document) => document.Count(character => !char.IsWhiteSpace(character));

    /// <summary>Policies that allow actions on every resource, as few as the limit allows.</summary>
    /// <param name="sid">The statement's id: letters and digits.</param>
    /// <param name="actions">Full names.</param>
    /// <param name="limit">The most characters a document may have.</param>
    /// <returns>Documents without white space; none where there is no action.</returns>
    public static IReadOnlyList<string> Allow(string sid, IEnumerable<string> actions, int limit = ManagedPolicyLimit)
    {
        var documents = new List<string>();
        var fitting = new List<string>();
        var frame = Document(sid, []).Length;
        var length = frame;
        foreach (var action in actions)
        {
            var added = action.Length + 3;
            if (fitting.Count > 0 && length + added > limit)
            {
                documents.Add(Document(sid, fitting));
                fitting.Clear();
                length = frame;
            }

            fitting.Add(action);
            length += added;
        }

        if (fitting.Count > 0)
        {
            documents.Add(Document(sid, fitting));
        }

        return documents;
    }

    /// <summary>Lays a document out for reading.</summary>
    /// <param name="json">A policy document.</param>
    /// <returns>The same, indented.</returns>
    public static string Indent(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented).Replace(Environment.NewLine, "\n");
    }

    private static string Document(string sid, IReadOnlyList<string> actions) => JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new[] { new { Sid = sid, Effect = "Allow", Action = actions, Resource = "*" } },
    });
}
