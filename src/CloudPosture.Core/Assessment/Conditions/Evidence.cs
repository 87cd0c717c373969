using System.Text;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Collects what decided a verdict, as one short line that no hostile name can break out of.</summary>
internal sealed class Evidence
{
    private const int MaxLength = 500;
    private const int MaxValueLength = 160;
    private readonly StringBuilder _line = new(MaxLength + 1);

    public static string Of(ReadGap gap) => gap.Code == AccountIndex.NotHarvestedCode ? gap.Message : $"{gap.Action ?? gap.Operation} answered {gap.Code}";

    public void Add(string label, string text = "", string value = "")
    {
        if (_line.Length >= MaxLength)
        {
            return;
        }

        if (_line.Length > 0)
        {
            _line.Append("; ");
        }

        Append(label, MaxLength);
        Append(text, MaxLength);
        Append(value, MaxValueLength);
    }

    /// <summary>The line; the collector is empty after.</summary>
    public string Take()
    {
        if (_line.Length > MaxLength)
        {
            _line.Length = MaxLength - 1;
            _line.Append('…');
        }

        var line = _line.ToString();
        _line.Clear();
        return line;
    }

    private void Append(string text, int limit)
    {
        var length = text.Length <= limit ? text.Length : limit - 1;
        for (var i = 0; i < length; i++)
        {
            var character = text[i];
            _line.Append(IsHarmless(character) ? character : '\uFFFD');
        }

        if (length < text.Length)
        {
            _line.Append('…');
        }
    }

    // Control characters drive terminals; separators and direction marks forge lines.
    private static bool IsHarmless(char character) => character < '\u200B'
        ? character is >= ' ' and not (>= '\u007F' and <= '\u009F')
        : character is not ((>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF');
}
