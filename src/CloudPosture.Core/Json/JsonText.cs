using System.Text.Json;

namespace CloudPosture.Json;

/// <summary>Texts that may be JSON.</summary>
internal static class JsonText
{
    /// <summary>The document; null where the text is no JSON.</summary>
    public static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
