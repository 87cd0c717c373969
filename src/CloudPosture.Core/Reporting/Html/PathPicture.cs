using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CloudPosture.Assessment.Paths;
using CloudPosture.Text;

namespace CloudPosture.Reporting.Html;

/// <summary>
/// Draws paths as pictures that need no script: a list of figures, each with what it shows as text too. Names come from AWS and may hold
/// anything; here they are text and nothing else.
/// </summary>
internal static class PathPicture
{
    private const int BoxWidth = 196;
    private const int BoxHeight = 52;
    private const int Gap = 132;
    private const int Margin = 6;
    private const int Height = 84;
    private const int MostLetters = 27;
    private const int MostLettersOfMethod = 19;

    /// <summary>The figures.</summary>
    /// <param name="paths">The paths, the worst first.</param>
    /// <returns>HTML; empty where there are none.</returns>
    public static string Of(IReadOnlyList<PosturePath> paths)
    {
        if (paths.Count == 0)
        {
            return "";
        }

        var html = new StringBuilder("<h2>The worst paths</h2>\n<ol class=\"path-list\">\n");
        for (var place = 0; place < paths.Count; place++)
        {
            Figure(html, paths[place], place + 1);
        }

        return html.Append("</ol>\n").ToString();
    }

    private static void Figure(StringBuilder html, PosturePath path, int number)
    {
        var title = $"{path.From} to {path.Goal} by {path.ResourceId}";
        html.Append("<li><figure class=\"card path severity-")
            .Append(path.Severity)
            .Append("\"><figcaption><span class=\"badge\">")
            .Append(path.Severity)
            .Append("</span> ")
            .Append(Safe(title)).Append(" <span class=\"faint\">").Append(path.AccountId.Length > 0 ? Safe($"in {path.AccountId}") : "").Append("</span></figcaption>\n")
            .Append(Line($"<div class=\"path-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Picture of path {number}\">"));
        Drawing(html, path, number, title);
        html.Append("</div>\n<p><strong>Cheapest cut:</strong> ").Append(Safe(path.Cut)).Append("</p>\n");
        if (!path.IsCertain)
        {
            html.Append("<p class=\"faint\">It hangs on this: ").Append(Safe(path.Conditions)).Append("</p>\n");
        }

        html.Append("</figure></li>\n");
    }

    private static void Drawing(StringBuilder html, PosturePath path, int number, string title)
    {
        string[] boxes = [path.Steps[0].From, .. path.Steps.Select(step => step.To)];
        var width = (boxes.Length * BoxWidth) + ((boxes.Length - 1) * Gap) + (2 * Margin);
        html.Append(Line($"<svg viewBox=\"0 0 {width} {Height}\" width=\"{width}\" height=\"{Height}\" role=\"img\" aria-labelledby=\"path-{number}-title path-{number}-desc\">"))
            .Append(Line($"<title id=\"path-{number}-title\">")).Append(Safe(title)).Append(Line($"</title><desc id=\"path-{number}-desc\">"))
            .Append(Safe(string.Join(". ", path.Steps.Select(step => $"{step.Number}: {step.Title}, from {step.From} to {step.To} by {step.Method}")))).Append("</desc>\n");
        for (var place = 0; place < path.Steps.Count; place++)
        {
            Arrow(html, path.Steps[place], XOf(place) + BoxWidth, place + 1 == path.CutStep);
        }

        for (var place = 0; place < boxes.Length; place++)
        {
            Box(html, boxes[place], XOf(place), place == 0 ? "path-start" : place == boxes.Length - 1 ? "path-goal" : "path-box");
        }

        html.Append("</svg>\n");
    }

    private static void Arrow(StringBuilder html, PosturePathStep step, int x, bool isCut)
    {
        var (middle, end, tip) = (Height / 2, x + Gap - 2, x + Gap - 10);
        html.Append(Line($"<g class=\"{(isCut ? "path-cut" : "path-step")}{(step.Conditions.Length > 0 ? " path-unsure" : "")}\"><title>")).Append(Safe(step.ToString()))
            .Append(step.Through.Length > 0 ? Safe($", through {step.Through}") : "").Append(isCut ? ". Cut here" : "").Append("</title>")
            .Append(Line($"<path d=\"M{x + 2} {middle}H{tip}\"/><path class=\"path-tip\" d=\"M{end} {middle}l-9 -5v10z\"/>"))
            .Append(Line($"<text x=\"{x + (Gap / 2)}\" y=\"{middle - 8}\" text-anchor=\"middle\">")).Append(Safe(Short(step.Method, MostLettersOfMethod))).Append("</text>");
        if (isCut)
        {
            html.Append(Line($"<text x=\"{x + (Gap / 2)}\" y=\"{middle + 18}\" text-anchor=\"middle\">✂ cut here</text>"));
        }

        html.Append("</g>\n");
    }

    // Of a label such as "Instance i-1" the first word is what it is.
    private static void Box(StringBuilder html, string label, int x, string style)
    {
        var (kind, name) = label.IndexOf(' ') is > 0 and var space ? (label.Substring(0, space), label.Substring(space + 1)) : ("", label);
        var (left, top) = (x + 12, (Height - BoxHeight) / 2);
        html.Append(Line($"<g class=\"{style}\"><title>"))
            .Append(Safe(label))
            .Append(Line($"</title><rect x=\"{x}\" y=\"{top}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"8\"/>"));
        if (kind.Length > 0)
        {
            html.Append(Line($"<text class=\"path-kind\" x=\"{left}\" y=\"{top + 19}\">")).Append(Safe(Short(kind, MostLetters))).Append("</text>");
        }

        html.Append(Line($"<text class=\"path-name\" x=\"{left}\" y=\"{top + (kind.Length > 0 ? 38 : 31)}\">"))
            .Append(Safe(Short(name, MostLetters)))
            .Append("</text></g>\n");
    }

    private static int XOf(int place) => Margin + (place * (BoxWidth + Gap));

    // What tells names apart is mostly at the end.
    private static string Short(string text, int most)
    {
        var plain = new StringInfo(HostileText.OneLine(text));
        return plain.LengthInTextElements <= most ? plain.String : $"{plain.SubstringByTextElements(0, most / 3)}…{plain.SubstringByTextElements(plain.LengthInTextElements - (most - (most / 3) - 1))}";
    }

    private static string Safe(string text) => HostileText.OneLine(text)
        .Replace("&", "&amp;")
        .Replace("<", "&lt;")
        .Replace(">", "&gt;")
        .Replace("\"", "&quot;")
        .Replace("'", "&#39;")
        .Replace("{", "&#123;");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
