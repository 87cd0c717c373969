using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using CloudPosture.Posture.Benchmarks;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>Draws the rows of a matrix: a word for each place while there are few of them, else a letter under a number.</summary>
public static class MatrixText
{
    private const int MostOfWords = 56;
    private const int NarrowestWord = 12;
    private const int WidestWord = 18;
    private const int NarrowestId = 12;
    private const int WidestId = 26;

    /// <summary>What stands above the rows: the benchmark, and the names of the columns.</summary>
    /// <param name="row">A row.</param>
    public static string Header(object? row)
    {
        if (RowOf(row) is not { } known)
        {
            return "";
        }

        var names = known.Answers.Select((answer, index) => Fit(HasWords(known) ? Display.Text(answer.Place) : (index + 1).ToString(CultureInfo.InvariantCulture), WidthOf(known)));
        return string.Join("\n", [Display.Text(known.BenchmarkId), .. Legend(known), $"{Fit("Requirement", IdWidth(known))}{string.Concat(names)}Title"]);
    }

    /// <summary>A row under these names.</summary>
    /// <param name="row">The row.</param>
    /// <param name="style">The session's <c>$PSStyle</c>; null, as in Windows PowerShell, gives plain text.</param>
    public static string Row(object? row, object? style)
    {
        if (RowOf(row) is not { } known)
        {
            return "";
        }

        var line = new StringBuilder(Fit(Display.Text(known.RequirementId), IdWidth(known)));
        foreach (var (_, status) in known.Answers)
        {
            var text = HasWords(known) ? Word(status) : Word(status).Substring(0, 1);
            line.Append(Display.Painted(text, status, style)).Append(' ', WidthOf(known) - text.Length);
        }

        return line.Append(Display.Text(known.Title)).ToString();
    }

    /// <summary>All answers with the names of their places, as one text.</summary>
    /// <param name="row">The row.</param>
    public static string Answers(object? row) => RowOf(row) is { } known ? string.Join("; ", known.Answers.Select(answer => $"{Display.Text(answer.Place)}: {Word(answer.Status)}")) : "";

    private static PostureRequirementRow? RowOf(object? row) => ((row as PSObject)?.BaseObject ?? row) as PostureRequirementRow;

    private static bool HasWords(PostureRequirementRow row) => row.Answers.Count * WordWidth(row) <= MostOfWords;

    private static int WidthOf(PostureRequirementRow row) => HasWords(row) ? WordWidth(row) : LetterWidth(row.Answers.Count);

    private static int WordWidth(PostureRequirementRow row) => Within(NarrowestWord, row.Answers.Select(answer => Display.Text(answer.Place).Length + 1).DefaultIfEmpty().Max(), WidestWord);

    private static int LetterWidth(int places) => places.ToString(CultureInfo.InvariantCulture).Length + 1;

    private static int IdWidth(PostureRequirementRow row) => Within(NarrowestId, row.LongestId + 1, WidestId);

    private static int Within(int least, int wanted, int most) => Math.Max(least, Math.Min(wanted, most));

    private static IEnumerable<string> Legend(PostureRequirementRow row) => HasWords(row)
        ? []
        :
        [
            "P pass, F fail, N not assessed, M manual, E excepted, - no finding",
            .. row.Answers.Select((answer, index) => $"{(index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(LetterWidth(row.Answers.Count) + 1)}  {Display.Text(answer.Place)}"),
        ];

    private static string Word(RequirementStatus status) => status == RequirementStatus.NoFinding ? "-" : status.ToString();

    private static string Fit(string text, int width) => text.Length < width ? text.PadRight(width) : text.Substring(0, width - 2) + "… ";
}
