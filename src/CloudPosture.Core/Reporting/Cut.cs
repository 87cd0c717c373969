namespace CloudPosture.Reporting;

/// <summary>Keeps texts within the lengths that formats allow.</summary>
internal static class Cut
{
    private const char Ellipsis = '…';

    /// <summary>The text, with an ellipsis for its end where it is longer than allowed; no character is cut in two.</summary>
    public static string At(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text.Substring(0, end) + Ellipsis;
    }
}
