using System;
using System.IO;
using System.Linq;
using System.Text;
using CloudPosture.Files;

namespace CloudPosture.Content.Yaml;

/// <summary>Reads files as people's editors save them: in UTF-8, or in what their mark says. What is neither is an error with its place, since noise would be told as a mistake of YAML.</summary>
internal static class YamlText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    // The mark of UTF-32 begins with that of UTF-16.
    private static readonly Encoding[] Marked =
    [
        Utf8,
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>The text of a file.</summary>
    /// <exception cref="ContentException">It cannot be read, or is no text.</exception>
    public static string Read(string file)
    {
        var bytes = Bytes(file);
        var marked = Array.Find(Marked, encoding => encoding.GetPreamble() is var mark && bytes.Take(mark.Length).SequenceEqual(mark));
        var start = marked?.GetPreamble().Length ?? 0;
        if (marked is null or UTF8Encoding && Array.IndexOf(bytes, (byte)0) is >= 0 and var zero)
        {
            throw NoText(file, bytes, zero, "is zero, as in UTF-16");
        }

        try
        {
            return (marked ?? Utf8).GetString(bytes, start, bytes.Length - start);
        }
        catch (DecoderFallbackException problem)
        {
            var offset = start + Math.Max(problem.Index, 0);
            throw NoText(file, bytes, offset, $"(0x{(offset < bytes.Length ? bytes[offset] : 0):X2}) is no {(marked is null or UTF8Encoding ? "UTF-8" : marked.WebName)}, as where a file is saved in Latin-1 or Windows-1252");
        }
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            return GivenFile.ReadBytes(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ContentException(file, 1, null, $"the file cannot be read: {problem.Message}", problem);
        }
    }

    private static ContentException NoText(string file, byte[] bytes, int offset, string what) =>
        new(file, 1 + bytes.Take(offset).Count(letter => letter == (byte)'\n'), null, $"byte {offset} {what}. Save the file in UTF-8.");
}
