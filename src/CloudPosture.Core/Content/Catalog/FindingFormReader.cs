using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>Reads what of a provider's finding means what.</summary>
internal static class FindingFormReader
{
    private static readonly string[] Severities = ["Informational", "Low", "Medium", "High", "Critical"];

    public static FindingForm Read(YamlMap map)
    {
        var severity = map.MapOrEmpty("severity");
        var state = map.MapOrEmpty("state");
        var words = severity.Map("words");
        var levels = severity.Map("levels");
        var form = new FindingForm
        {
            Kind = map.RequiredParsed("kind", Template.ParsePathOrTemplate),
            Title = map.Parsed("title", Template.ParsePathOrTemplate),
            Severity = severity.Parsed("of", JsonPath.Parse),
            Words = [.. Words(words), .. Words(levels).OrderBy(level => Level(levels!, level.Key))],
            IsNumber = levels is not null,
            Otherwise = Known(severity, severity.Text("otherwise") ?? "Medium"),
            State = state.Parsed("of", JsonPath.Parse),
            StateWords = state.MapOrEmpty("words") is var names ? names.OwnKeys().ToDictionary(word => word, names.Required, StringComparer.OrdinalIgnoreCase) : [],
            Time = map.Parsed("time", JsonPath.Parse),
            Since = map.Parsed("since", JsonPath.Parse),
            Region = map.Parsed("region", JsonPath.Parse),
            About = [.. map.Texts("about").Select(text => Parse(map, text, Template.ParsePathOrTemplate))],
            AboutAny = [.. map.Texts("aboutAny").Select(text => Parse(map, text, JsonPath.Parse))],
        };
        severity.RejectUnknownKeys();
        state.RejectUnknownKeys();
        map.RejectUnknownKeys();
        return form;
    }

    private static IEnumerable<KeyValuePair<string, string>> Words(YamlMap? map) =>
        map?.OwnKeys().Select(word => new KeyValuePair<string, string>(word, Known(map, map.Required(word)))) ?? [];

    private static double Level(YamlMap map, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var level) ? level : throw map.Error($"'{text}' is no number that a severity could reach.");

    private static string Known(YamlMap map, string word) =>
        Severities.Contains(word) ? word : throw map.Error($"'{word}' is no severity; it must be one of {string.Join(", ", Severities)}.");

    private static T Parse<T>(YamlMap map, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException problem)
        {
            throw map.Error(problem.Message);
        }
    }
}
