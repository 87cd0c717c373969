using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Tags as one text: <c>team=web; stage=prod</c>. A backslash stands before a sign that would end a part.</summary>
internal static class TagText
{
    public static string Write(IEnumerable<KeyValuePair<string, string>> tags) =>
        string.Join("; ", tags.Select(tag => $"{Escape(tag.Key)}={Escape(tag.Value)}"));

    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        var tags = new Dictionary<string, string>();
        var part = new StringBuilder();
        string? key = null;
        for (var i = 0; i <= text.Length; i++)
        {
            switch (i < text.Length ? text[i] : ';')
            {
                case '\\' when i + 1 < text.Length:
                    part.Append(text[++i]);
                    break;
                case '=' when key is null:
                    key = part.ToString();
                    part.Clear();
                    break;
                case ';':
                    if (key is not null || part.Length > 0)
                    {
                        tags[key ?? part.ToString()] = key is null ? "" : part.ToString();
                    }

                    (key, i) = (null, i + (i + 1 < text.Length && text[i + 1] == ' ' ? 1 : 0));
                    part.Clear();
                    break;
                default:
                    part.Append(text[i]);
                    break;
            }
        }

        return tags;
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace(";", "\\;").Replace("=", "\\=");
}
