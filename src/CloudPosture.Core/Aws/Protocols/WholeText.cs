using System;

namespace CloudPosture.Aws.Protocols;

/// <summary>
/// Refuses half a character, which a reference like <c>&amp;#xD800;</c> can make: who writes JSON puts a mark in its place, and a name that
/// AWS never sent would pass for one that it did.
/// </summary>
internal static class WholeText
{
    /// <summary>The text, if every character in it is whole.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static string Of(string text)
    {
        for (var at = FirstHalf(text, 0); at >= 0; at = FirstHalf(text, at + 2))
        {
            if (!char.IsSurrogatePair(text, at))
            {
                throw new FormatException("A text in the answer holds half a character");
            }
        }

        return text;
    }

    private static int FirstHalf(string text, int start)
    {
#if NET
        var found = start < text.Length ? text.AsSpan(start).IndexOfAnyInRange('\uD800', '\uDFFF') : -1;
        return found < 0 ? -1 : start + found;
#else
        while (start < text.Length && !char.IsSurrogate(text[start]))
        {
            start++;
        }

        return start < text.Length ? start : -1;
#endif
    }
}
