using System.Collections.Generic;
using System.Text.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>One more member of a call's input: a text, or a list of texts.</summary>
/// <param name="Name">The member.</param>
/// <param name="Values">Its texts; one alone where it is no list.</param>
/// <param name="IsList">Whether it is a list.</param>
internal sealed record ExtraInput(string Name, IReadOnlyList<string> Values, bool IsList = false)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WritePropertyName(Name);
        if (!IsList)
        {
            json.WriteStringValue(Values[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var value in Values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
