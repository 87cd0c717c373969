using System.Text.Json;

namespace CloudPosture.Assessment.Conditions;

/// <summary>How many elements met a condition so far; the first of them are shown where the count is explained.</summary>
/// <param name="evidence">Where they are shown; null where the count alone is asked for.</param>
internal struct ElementMatches(Evidence? evidence)
{
    private const int MaxShown = 2;
    private int _shown;

    public CountRange Count { get; private set; }

    /// <summary>Whether names of elements are worth reading.</summary>
    public readonly bool IsExplained => evidence is not null;

    public void Add(Verdict verdict) => Count = Count.Add(verdict);

    /// <summary>Shows an element that met the condition.</summary>
    /// <param name="key">Its name in a map; null in a list.</param>
    /// <param name="element">The element.</param>
    public void Show(string? key, JsonElement element)
    {
        if (evidence is not null && _shown++ < MaxShown)
        {
            evidence.Add(key is null ? new FieldValue(element).ToString() : $"{key} = {new FieldValue(element)}");
        }
    }
}
