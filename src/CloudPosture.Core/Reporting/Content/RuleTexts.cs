using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Reporting.Json;

namespace CloudPosture.Reporting.Content;

/// <summary>Writes a list of texts that belongs to a rule. A rule answers many requirements and has many findings, so its list is encoded once.</summary>
internal sealed class RuleTexts(Func<RuleFact, IEnumerable<string>> texts)
{
    private readonly Dictionary<string, JsonEncodedText[]> _encoded = new(StringComparer.Ordinal);

    public void Write(Utf8JsonWriter json, string name, RuleFact rule)
    {
        if (!_encoded.TryGetValue(rule.RuleId, out var list))
        {
            _encoded.Add(rule.RuleId, list = [.. texts(rule).Select(text => JsonEncodedText.Encode(text, JsonItems.Options.Encoder))]);
        }

        json.WriteStartArray(name);
        foreach (var text in list)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
