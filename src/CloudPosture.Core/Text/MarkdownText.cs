using System.Text;

namespace CloudPosture.Text;

/// <summary>Text of others for a page of Markdown, where it means nothing but itself.</summary>
internal static class MarkdownText
{
    /// <summary>One line, without commands, markup and links.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in HostileText.Plain(text))
        {
            plain.Append(character switch
            {
                '<' => "&lt;",
                '&' => "&amp;",
                '|' or '\\' or '`' or '[' or ']' or '*' or '_' or '#' or '!' or '~' => "\\" + character,
                _ => character.ToString(),
            });
        }

        // Addresses become links by themselves, unless an entity stands in them.
        return plain.Replace("://", "&#58;//").Replace("www.", "www&#46;").ToString();
    }
}
