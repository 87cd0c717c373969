using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using CloudPosture.Text;

namespace CloudPosture.Reporting.Html;

/// <summary>
/// The report without its data: <c>report.html</c> with the styles and scripts it names put in as one block each, and a policy that
/// allows these two by their hashes and forbids all else.
/// </summary>
internal sealed class HtmlTemplate
{
    private const string Prefix = "report/";
    private const string PolicyMark = "{{policy}}";
    private const string DataMark = "{{data}}";
    private const string PathsMark = "{{paths}}";
    private static readonly Lazy<HtmlTemplate> Composed = new(() => new HtmlTemplate(ReadShipped), LazyThreadSafetyMode.ExecutionAndPublication);
    private static readonly Regex Styles = new("""(?:\s*<link rel="stylesheet" href="([^"]+)">)+""", RegexOptions.CultureInvariant);
    private static readonly Regex Scripts = new("""(?:\s*<script src="([^"]+)"></script>)+""", RegexOptions.CultureInvariant);

    /// <summary>Composes a template.</summary>
    /// <param name="read">Gives a part by its path below <c>module/report</c>.</param>
    public HtmlTemplate(Func<string, string> read)
    {
        var page = read("report.html");
        var style = Join(Styles.Match(page), read);
        var script = "(() => {\n'use strict';\n" + Join(Scripts.Match(page), read) + "})();\n";
        var whole = Put(Put(page, Styles, $"\n<style>{style}</style>"), Scripts, $"\n<script>{script}</script>")
            .Replace(PolicyMark, PolicyOf(style, script));
        var data = whole.IndexOf(DataMark, StringComparison.Ordinal);
        var paths = whole.IndexOf(PathsMark, StringComparison.Ordinal);
        BeforePaths = whole.Substring(0, paths);
        BeforeData = whole.Substring(paths + PathsMark.Length, data - paths - PathsMark.Length);
        AfterData = whole.Substring(data + DataMark.Length);
    }

    /// <summary>The template that is built into this assembly.</summary>
    public static HtmlTemplate Shipped => Composed.Value;

    /// <summary>What comes before the pictures of paths.</summary>
    public string BeforePaths { get; }

    /// <summary>What comes between them and the data.</summary>
    public string BeforeData { get; }

    /// <summary>What comes after the data.</summary>
    public string AfterData { get; }

    private static string Join(Match parts, Func<string, string> read) =>
        string.Concat(parts.Groups[1].Captures.Cast<Capture>().Select(part => read(part.Value)));

    // A replacement text would take the dollars of scripts for its own.
    private static string Put(string page, Regex parts, string block) => parts.Replace(page, _ => block, 1);

    private static string PolicyOf(string style, string script) => string.Join("; ", new List<string>
    {
        "default-src 'none'",
        $"script-src {HashOf(script)}",
        $"style-src {HashOf(style)}",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    });

    private static string HashOf(string block) => $"'sha256-{Convert.ToBase64String(Sha256.Of(block))}'";

    private static string ReadShipped(string part)
    {
        using var stream = typeof(HtmlTemplate).Assembly.GetManifestResourceStream(Prefix + part)
            ?? throw new FileNotFoundException($"The report has no part '{part}'.");
        using var text = new StreamReader(stream, Encoding.UTF8);

        // Browsers hash what they read, whose lines end in line feeds alone.
        return text.ReadToEnd().Replace("\r\n", "\n");
    }
}
