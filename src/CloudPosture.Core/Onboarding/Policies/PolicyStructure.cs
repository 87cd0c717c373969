using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudPosture.Onboarding.Policies;

/// <summary>Finds what IAM refuses as malformed in an identity policy ("Grammar of the IAM JSON policy language"). Its names and values are compared with regard to case.</summary>
internal static class PolicyStructure
{
    private static readonly string[] Members = ["Version", "Id", "Statement"];
    private static readonly string[] StatementMembers = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];
    private static readonly string[] Versions = ["2012-10-17", "2008-10-17"];
    private static readonly string[] Effects = ["Allow", "Deny"];
    private const int ArnParts = 6;
    private const string IfExists = "IfExists";
    private static readonly char[] Wildcards = ['*', '?', '$'];
    private static readonly string[] Partitions = ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "*"];
    private static readonly string[] Quantifiers = ["ForAnyValue:", "ForAllValues:"];

    private static readonly string[] Operators =
    [
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
        "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
        "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike",
    ];

    private static readonly Regex SidForm = new(@"^[A-Za-z0-9]*\z", RegexOptions.CultureInvariant);

    /// <summary>What is wrong with the document outside its statements, in sentences.</summary>
    public static IEnumerable<string> ProblemsOf(JsonElement root)
    {
        foreach (var problem in Keys(root, Members, "The policy"))
        {
            yield return problem;
        }

        if (root.TryGetProperty("Version", out var version) && !Is(version, Versions))
        {
            yield return $"IAM knows no policy language of the version {version.GetRawText()}: write \"2012-10-17\".";
        }

        if (root.TryGetProperty("Id", out var id) && id.ValueKind != JsonValueKind.String)
        {
            yield return $"The Id {id.GetRawText()} is no text.";
        }

        if (!root.TryGetProperty("Statement", out var statements))
        {
            yield return "The policy has no 'Statement'.";
        }
        else if (statements.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            yield return "The policy's 'Statement' is neither a statement nor a list of them.";
        }
        else if (statements.ValueKind == JsonValueKind.Array && statements.GetArrayLength() == 0)
        {
            yield return "The policy's 'Statement' is empty: write at least one statement.";
        }

        foreach (var sid in StatementsOf(root)
            .Select(SidOf)
            .Where(sid => sid is { Length: > 0 })
            .GroupBy(sid => sid, StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
        {
            yield return $"The Sid '{sid.Key}' stands at {sid.Count()} statements: each needs its own.";
        }
    }

    /// <summary>What is wrong with one statement, in sentences.</summary>
    public static IEnumerable<string> ProblemsOfStatement(JsonElement statement) =>
        statement.ValueKind != JsonValueKind.Object
            ? [$"{statement.GetRawText()} stands where a statement was expected."]
            : [.. Keys(statement, StatementMembers, "The statement"), .. SidProblems(statement), .. EffectProblems(statement), .. ListProblems(statement, "Action"), .. ListProblems(statement, "Resource"), .. ResourceProblems(statement), .. ConditionProblems(statement)];

    /// <summary>The statements, whatever they are; none where the document has none.</summary>
    public static IReadOnlyList<JsonElement> StatementsOf(JsonElement root) =>
        !root.TryGetProperty("Statement", out var statements) ? []
        : statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray()]
        : statements.ValueKind == JsonValueKind.Object ? [statements]
        : [];

    /// <summary>A member's texts, given as one or as a list; null for anything else.</summary>
    public static IReadOnlyList<string>? TextsOf(JsonElement value)
    {
        IReadOnlyList<JsonElement> values = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return values.All(item => item.ValueKind == JsonValueKind.String) ? [.. values.Select(item => item.GetString()!)] : null;
    }

    private static IEnumerable<string> Keys(JsonElement element, string[] known, string what)
    {
        foreach (var name in element.EnumerateObject().Select(member => member.Name).Where(name => !known.Contains(name)))
        {
            yield return name is "Principal" or "NotPrincipal"
                ? $"{what} has a '{name}': the policy of an identity names none, because whom it is attached to is meant."
                : known.FirstOrDefault(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)) is { } meant
                    ? $"{what} has the key '{name}', which IAM writes '{meant}'."
                    : $"{what} has the key '{name}', which IAM does not know.";
        }

        foreach (var name in element.EnumerateObject()
            .GroupBy(member => member.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key))
        {
            yield return $"{what} has the key '{name}' twice.";
        }
    }

    private static IEnumerable<string> SidProblems(JsonElement statement)
    {
        if (statement.TryGetProperty("Sid", out var sid) && (sid.ValueKind != JsonValueKind.String || !SidForm.IsMatch(sid.GetString()!)))
        {
            yield return $"The Sid {sid.GetRawText()} holds more than letters and digits.";
        }
    }

    private static IEnumerable<string> EffectProblems(JsonElement statement)
    {
        if (!statement.TryGetProperty("Effect", out var effect))
        {
            yield return "The statement has no 'Effect': write \"Allow\" or \"Deny\".";
        }
        else if (!Is(effect, Effects))
        {
            yield return $"The Effect {effect.GetRawText()} is neither \"Allow\" nor \"Deny\", in this case.";
        }
    }

    /// <summary>What is wrong with <c>Action</c> or <c>Resource</c> and its <c>Not</c>, of which there must be one.</summary>
    private static IEnumerable<string> ListProblems(JsonElement statement, string name)
    {
        var given = new[] { name, "Not" + name }.Where(member => statement.TryGetProperty(member, out _)).ToList();
        if (given.Count != 1)
        {
            yield return given.Count == 0 ? $"The statement has neither '{name}' nor 'Not{name}'." : $"The statement has both '{name}' and 'Not{name}'.";
        }

        foreach (var member in given)
        {
            if (TextsOf(statement.GetProperty(member)) is not { } texts)
            {
                yield return $"The statement's '{member}' holds something else where a text was expected.";
            }
            else if (texts.Count == 0)
            {
                yield return $"The statement's '{member}' is empty.";
            }
        }
    }

    private static IEnumerable<string> ResourceProblems(JsonElement statement) =>
        from name in new[] { "Resource", "NotResource" }
        where statement.TryGetProperty(name, out _)
        from resource in TextsOf(statement.GetProperty(name)) ?? []
        where resource != "*" && !IsArn(resource)
        select $"The {name} '{resource}' is neither an ARN nor \"*\": its partition and service are written out.";

    private static bool IsArn(string text) => text.Split([':'], ArnParts) is { Length: ArnParts } parts
        && parts[0] == "arn" && Partitions.Contains(parts[1]) && parts[2].Length > 0 && parts[2].IndexOfAny(Wildcards) < 0;

    private static IEnumerable<string> ConditionProblems(JsonElement statement)
    {
        if (!statement.TryGetProperty("Condition", out var condition))
        {
            return [];
        }

        return condition.ValueKind != JsonValueKind.Object || condition.EnumerateObject().Any(test => test.Value.ValueKind != JsonValueKind.Object)
            ? ["The statement's 'Condition' is not made of operators with their keys and values."]
            : condition.EnumerateObject().SelectMany(test => TestProblems(test.Name, test.Value));
    }

    private static IEnumerable<string> TestProblems(string written, JsonElement keys)
    {
        if (!IsOperator(written))
        {
            yield return $"IAM knows no condition operator '{written}'.";
        }

        foreach (var key in keys.EnumerateObject())
        {
            if (key.Name.IndexOf(':') <= 0 || key.Name.EndsWith(":", StringComparison.Ordinal))
            {
                yield return $"The condition key '{key.Name}' has no prefix such as aws: before its name.";
            }

            if (!IsConditionValue(key.Value))
            {
                yield return $"The condition key '{key.Name}' is compared with something else than texts, numbers and truth values.";
            }
        }
    }

    // Qualifiers stand around the operator: ForAnyValue:StringLikeIfExists. Null asks whether a key exists, and takes none after it.
    private static bool IsOperator(string written)
    {
        var name = Quantifiers.FirstOrDefault(prefix => written.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } quantifier ? written.Substring(quantifier.Length) : written;
        var plain = name.EndsWith(IfExists, StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - IfExists.Length) : name;
        return Operators.Contains(plain, StringComparer.OrdinalIgnoreCase) || string.Equals(name, "Null", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsConditionValue(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Array && IsConditionValue(item))
        : value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static string? SidOf(JsonElement statement) =>
        statement.ValueKind == JsonValueKind.Object && statement.TryGetProperty("Sid", out var sid) && sid.ValueKind == JsonValueKind.String ? sid.GetString() : null;

    private static bool Is(JsonElement value, string[] known) => value.ValueKind == JsonValueKind.String && known.Contains(value.GetString());
}
