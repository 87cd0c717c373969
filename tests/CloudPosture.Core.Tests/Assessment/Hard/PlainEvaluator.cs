using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudPosture.Tests.Assessment.Hard;

/// <summary>
/// Evaluates one concrete request by a policy, statement by statement, as the IAM User Guide writes the logic down. It shares nothing with
/// the product, which never evaluates a request but looks for one.
/// </summary>
internal static class PlainEvaluator
{
    public static bool IsAllowed(JsonElement policy, PlainRequest request) => Any(policy, "Allow", request) && !Any(policy, "Deny", request);

    public static bool IsDenied(JsonElement policy, PlainRequest request) => Any(policy, "Deny", request);

    /// <summary>Whether a statement is about the request.</summary>
    public static bool Applies(JsonElement statement, PlainRequest request) =>
        Principal(statement, request) && Listed(statement, "Action", request.Action, request, ignoreCase: true) && Listed(statement, "Resource", request.Resource, request, ignoreCase: false)
        && MeetsConditions(statement, request);

    /// <summary>Whether the request meets a statement's conditions.</summary>
    public static bool MeetsConditions(JsonElement statement, PlainRequest request) =>
        !statement.TryGetProperty("Condition", out var conditions)
        || conditions.EnumerateObject().All(test => test.Value.EnumerateObject().All(key => Meets(test.Name.ToLowerInvariant(), key.Name.ToLowerInvariant(), [.. Texts(key.Value)], request)));

    /// <summary>Whether a statement lists an action or a resource.</summary>
    public static bool Listed(JsonElement statement, string name, string text, PlainRequest request, bool ignoreCase) =>
        statement.TryGetProperty(name, out var listed) ? Texts(listed).Any(pattern => Like(pattern, text, request, ignoreCase))
        : !Texts(statement.GetProperty("Not" + name)).Any(pattern => Like(pattern, text, request, ignoreCase));

    private static bool Any(JsonElement policy, string effect, PlainRequest request) =>
        policy.GetProperty("Statement").EnumerateArray().Any(statement => statement.GetProperty("Effect").GetString() == effect && Applies(statement, request));

    private static bool Principal(JsonElement statement, PlainRequest request) =>
        statement.TryGetProperty("Principal", out var named) ? Texts(named).Any(name => name == "*" || request.Names.Contains(name))
        : !statement.TryGetProperty("NotPrincipal", out var excepted) || !Texts(excepted).Any(name => name == "*" || request.Names.Contains(name));

    private static bool Meets(string written, string key, string[] wanted, PlainRequest request)
    {
        request.Context.TryGetValue(key, out var given);
        if (written == "null")
        {
            return wanted.Contains(given is null ? "true" : "false", StringComparer.OrdinalIgnoreCase);
        }

        var set = written.StartsWith("forallvalues:", StringComparison.Ordinal) ? 'A' : written.StartsWith("foranyvalue:", StringComparison.Ordinal) ? 'S' : ' ';
        var name = written[(written.IndexOf(':') + 1)..];
        var mayLack = name.EndsWith("ifexists", StringComparison.Ordinal);
        name = mayLack ? name[..^8] : name;
        var not = name.Contains("not", StringComparison.Ordinal);
        if (given is null)
        {
            return set == 'A' || mayLack || (not && set == ' ');
        }

        bool Fits(string value) => wanted.Any(pattern => Compare(name.Replace("not", ""), pattern, value, request)) != not;
        return set == 'S' ? given.Any(Fits) : given.All(Fits);
    }

    private static bool Compare(string name, string pattern, string value, PlainRequest request) => name switch
    {
        "stringequals" => Filled(pattern, request) is { } text && text == value,
        "stringequalsignorecase" => Filled(pattern, request) is { } text && text.Equals(value, StringComparison.OrdinalIgnoreCase),
        "stringlike" => Like(pattern, value, request, ignoreCase: false),
        "arnlike" or "arnequals" => pattern == "*" || LikeArn(pattern, value, request),
        "bool" => pattern.Equals(value, StringComparison.OrdinalIgnoreCase),
        "ipaddress" => IPNetwork.TryParse(pattern.Contains('/') ? pattern : pattern + (pattern.Contains(':') ? "/128" : "/32"), out var network) && network.Contains(IPAddress.Parse(value)),
        "numericlessthan" => double.Parse(value, CultureInfo.InvariantCulture) < double.Parse(pattern, CultureInfo.InvariantCulture),
        "numericgreaterthan" => double.Parse(value, CultureInfo.InvariantCulture) > double.Parse(pattern, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "An operator that is not drawn."),
    };

    // A variable's own colon separates nothing.
    private static bool LikeArn(string pattern, string arn, PlainRequest request) =>
        (Regex.Split(pattern, @":(?![^{}]*\})"), arn.Split(':')) is var (parts, given) && parts.Length >= 6 && given.Length >= 6
        && Enumerable.Range(0, 5).All(i => Like(parts[i], given[i], request, ignoreCase: false)) && Like(string.Join(':', parts[5..]), string.Join(':', given[5..]), request, ignoreCase: false);

    private static bool Like(string pattern, string text, PlainRequest request, bool ignoreCase)
    {
        var parts = Regex.Split(pattern, @"(\$\{[^}]*\}|[*?])").Select(part => part switch
        {
            "*" => ".*",
            "?" => ".",
            ['$', '{', ..] => Filled(part, request) is { } value ? Regex.Escape(value) : null,
            _ => Regex.Escape(part),
        }).ToArray();
        return !parts.Contains(null) && Regex.IsMatch(text, $"^(?:{string.Concat(parts)})\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));
    }

    // A text with a variable that the request does not have matches nothing.
    private static string? Filled(string text, PlainRequest request)
    {
        var isWhole = true;
        var filled = Regex.Replace(text, @"\$\{([^}]*)\}", variable =>
        {
            if (variable.Groups[1].Value is "*" or "?" or "$")
            {
                return variable.Groups[1].Value;
            }

            isWhole &= request.Context.TryGetValue(variable.Groups[1].Value.ToLowerInvariant(), out var values);
            return values?.Single() ?? "";
        });
        return isWhole ? filled : null;
    }

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(kind => Texts(kind.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(item => item.GetString()!),
        _ => [json.GetString()!],
    };
}
