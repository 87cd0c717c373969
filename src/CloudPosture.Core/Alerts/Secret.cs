using System;
using System.Net;

namespace CloudPosture.Alerts;

/// <summary>A text that no log, no error and no file may show.</summary>
public sealed class Secret
{
    private const string Mask = "…";
    private const int Shortest = 4;
    private readonly string _text;

    /// <summary>Wraps a text.</summary>
    /// <param name="text">The text.</param>
    public Secret(string text) => _text = text;

    /// <summary>The text itself.</summary>
    public string Reveal() => _text;

    /// <summary>Takes it out of what somebody else said, as it is and as an address would hold it.</summary>
    /// <param name="said">What a server or a library said.</param>
    public string Hide(string said)
    {
        foreach (var form in new[] { _text, Uri.EscapeDataString(_text), WebUtility.UrlDecode(_text) })
        {
            said = form.Length < Shortest ? said : said.Replace(form, Mask);
        }

        return said;
    }

    /// <summary>A mark in its place.</summary>
    public override string ToString() => Mask;
}
