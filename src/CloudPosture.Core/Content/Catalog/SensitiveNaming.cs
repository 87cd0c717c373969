using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>
/// By which texts of a configuration keys of a sensitive member are known to hold what something leads to, such as a host or a function,
/// and no secret.
/// </summary>
/// <param name="In">Where the texts stand.</param>
/// <param name="As">What a text that names a key looks like: a regular expression with <c>{key}</c> for it.</param>
internal sealed record SensitiveNaming(IReadOnlyList<JsonPath> In, string As)
{
    private const string Key = "{key}";
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private static readonly char[] Ends = ['/', '?', '#'];

    /// <summary>Whether it says where the key stands.</summary>
    public bool HasKey => As.IndexOf(Key, StringComparison.Ordinal) >= 0;

    /// <summary>The texts of a configuration by which keys are named.</summary>
    public IReadOnlyList<string> TextsIn(JsonElement configuration) =>
        [.. In.SelectMany(path => path.FindAll(configuration))
            .Where(value => value.ValueKind == JsonValueKind.String)
            .Select(value => value.GetString()!)];

    /// <summary>What is kept of a key's text: its host or name, without what may follow; null for nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">Its text.</param>
    /// <param name="texts">The texts by which keys are named.</param>
    public string? KeptOf(string key, string text, IReadOnlyList<string> texts)
    {
        var named = texts.Count > 0 && texts.Any(each => Regex.IsMatch(each, As.Replace(Key, Regex.Escape(key)), RegexOptions.CultureInvariant, Timeout));
        return !named ? null : text.IndexOfAny(Ends) is >= 0 and var end ? text.Substring(0, end) : text;
    }
}
