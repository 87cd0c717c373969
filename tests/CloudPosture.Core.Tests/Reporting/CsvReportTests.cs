using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.VisualBasic.FileIO;

namespace CloudPosture.Tests.Reporting;

/// <summary>Both kinds of CSV, read by .NET's own parser of delimited text.</summary>
public sealed class CsvReportTests
{
    [Fact]
    public void ARowHoldsTheFindingUnderTheNamesOfItsProperties()
    {
        var row = Assert.Single(Rows(ReportFormat.Csv, ",", ReportSamples.One));

        Assert.Equal("S3.BucketVersioning", row["RuleId"]);
        Assert.Equal("Fail", row["Status"]);
        Assert.Equal("Critical", row["Severity"]);
        Assert.Equal("111122223333", row["AccountId"]);
        Assert.Equal("2026-11-24T09:04:06Z", row["FirstSeen"]);
        Assert.Equal(ReportSamples.One.FindingId, row["FindingId"]);
    }

    [Fact]
    public void ARowNamesTheRequirementsThatItsFindingAnswersOrThoseAloneThatWereAskedFor()
    {
        var rows = Rows(ReportFormat.Csv, ",", ReportSamples.One, ReportSamples.One with { Requirements = "CIS 7.0 2.4" });

        Assert.Equal(["cis-like-1.0 2.1", "CIS 7.0 2.4"], rows.Select(row => row["Requirements"]));
    }

    // More than are held in memory.
    [Fact]
    public void WhatIsAcceptedAndAnsweredIsKeptHoweverManyThereAre()
    {
        var accepted = ReportSamples.One with { Status = FindingStatus.Excepted, ExceptionId = "x-1", ExceptionReason = "known", Requirements = "CIS 7.0 2.4" };
        var rows = Rows(ReportFormat.Csv, ",", Enumerable.Repeat(accepted, 33_000));

        Assert.Equal(33_000, rows.Count());
        Assert.All(rows, row => Assert.Equal(("x-1", "known", "CIS 7.0 2.4"), (row["ExceptionId"], row["ExceptionReason"], row["Requirements"])));
    }

    [Fact]
    public void WhatADetectorSaysIsKeptHoweverManyThereAre()
    {
        var detected = ReportSamples.One with { Provider = "GuardDuty", NativeId = "arn:aws:guardduty:eu-west-1:111122223333:detector/1/finding/2", NativeSeverity = "8.9", WorkflowState = "NEW" };
        var rows = Rows(ReportFormat.Csv, ",", Enumerable.Repeat(detected, 33_000));

        Assert.All(rows, row => Assert.Equal((detected.Provider, detected.NativeId, "8.9", "NEW"), (row["Provider"], row["NativeId"], row["NativeSeverity"], row["WorkflowState"])));
    }

    [Fact]
    public void NoFindingGivesTheHeadAlone()
    {
        Assert.Empty(Rows(ReportFormat.Csv, ","));
        Assert.Empty(Rows(ReportFormat.ProwlerCsv, ";"));
    }

    [Fact]
    public void RowsKeepTheOrderTheyCameIn()
    {
        var findings = ReportSamples.Many(200);

        Assert.Equal(findings.Select(finding => finding.FindingId), Rows(ReportFormat.Csv, ",", findings).Select(row => row["FindingId"]));
    }

    [Theory]
    [InlineData(ReportFormat.Csv, ",")]
    [InlineData(ReportFormat.ProwlerCsv, ";")]
    public void HostileNamesStayInTheirCellAndAreNoFormula(ReportFormat format, string separator)
    {
        var rows = Rows(format, separator, ReportSamples.Hostile);

        Assert.Equal(ReportSamples.Hostile.Count, rows.Count);
        Assert.Equal(1 + rows.Count, ReportSamples.Text(format, ReportSamples.Hostile).TrimEnd().Split('\n').Length);
        Assert.All(rows.SelectMany(row => row.Values), cell => Assert.False(IsFormula(cell), cell));
        Assert.DoesNotContain("##vso[", ReportSamples.Text(format, ReportSamples.Hostile), StringComparison.Ordinal);
        Assert.Contains(rows, row => row.Values.Contains("a,b;c\"d\"\"e"));
    }

    /// <summary>A spreadsheet splits at the sign of its country, whatever the file is separated by.</summary>
    [Theory]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.ProwlerCsv)]
    public void WhateverSeparatesNoCellIsAFormula(ReportFormat format)
    {
        string[] attacks = ["x;=cmd|' /C calc'!A0;", "x,=1+1,", "x|@SUM(A1)", "x;\"=1+1\"", "x; \t-1+1", "\";=1", "\",=1+1"];
        var lines = ReportSamples.Text(format, attacks.Select(attack => ReportSamples.One with { ResourceName = attack, Evidence = attack })).Split("\r\n");

        Assert.All(from separator in ",;|" from line in lines from cell in SpreadsheetCells(line, separator) select cell, cell => Assert.False(IsFormula(cell) && !double.TryParse(cell, out _), cell));
    }

    [Fact]
    public void AnyTextStaysInItsCell() => Prop.ForAll<string>(text =>
    {
        var evidence = text ?? "";
        var row = Assert.Single(Rows(ReportFormat.Csv, ",", ReportSamples.One with { Evidence = evidence }));
        return !IsFormula(row["Evidence"]) && row["RuleId"] == ReportSamples.One.RuleId && row["FindingId"] == ReportSamples.One.FindingId;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ProwlersColumnsAreAllThereInItsOrder()
    {
        var head = ReportSamples.Text(ReportFormat.ProwlerCsv).Split("\r\n")[0].Replace("\"", "").Split(';');

        Assert.Equal(44, head.Length);
        Assert.Equal(["AUTH_METHOD", "TIMESTAMP", "ACCOUNT_UID"], head.Take(3));
        Assert.Equal(["ADDITIONAL_URLS", "ACCOUNT_OU_UID", "ACCOUNT_OU_NAME"], head.TakeLast(3));
    }

    [Theory]
    [InlineData(FindingStatus.Pass, "PASS", "False")]
    [InlineData(FindingStatus.Fail, "FAIL", "False")]
    [InlineData(FindingStatus.Excepted, "FAIL", "True")]
    [InlineData(FindingStatus.NotAssessed, "MANUAL", "False")]
    [InlineData(FindingStatus.Manual, "MANUAL", "False")]
    public void ProwlersWordsAreUsed(FindingStatus status, string word, string muted)
    {
        var row = Assert.Single(Rows(ReportFormat.ProwlerCsv, ";", ReportSamples.One with { Status = status }));

        Assert.Equal(word, row["STATUS"]);
        Assert.Equal(muted, row["MUTED"]);
        Assert.Equal("critical", row["SEVERITY"]);
        Assert.Equal("s3_bucket_object_versioning", row["CHECK_ID"]);
    }

    /// <summary>Quotes count where a cell begins with one, and what stands behind the closing one belongs to the cell.</summary>
    private static List<string> SpreadsheetCells(string line, char separator)
    {
        var cells = new List<string>();
        for (var at = 0; at <= line.Length; at++)
        {
            var cell = new System.Text.StringBuilder();
            if (at < line.Length && line[at] == '"')
            {
                for (at++; at < line.Length && (line[at] != '"' || (at + 1 < line.Length && line[at + 1] == '"')); at++)
                {
                    at += line[at] == '"' ? 1 : 0;
                    cell.Append(line[at]);
                }

                at++;
            }

            for (; at < line.Length && line[at] != separator; at++)
            {
                cell.Append(line[at]);
            }

            cells.Add(cell.ToString());
        }

        return cells;
    }

    private static bool IsFormula(string cell) => cell.TrimStart() is { Length: > 0 } text && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".Contains(text[0], StringComparison.Ordinal);

    private static List<Dictionary<string, string>> Rows(ReportFormat format, string separator, params IEnumerable<Finding> findings)
    {
        using var parser = new TextFieldParser(new StringReader(ReportSamples.Text(format, findings))) { TrimWhiteSpace = false };
        parser.SetDelimiters(separator);
        var names = parser.ReadFields()!;
        var rows = new List<Dictionary<string, string>>();
        while (parser.ReadFields() is { } fields)
        {
            Assert.Equal(names.Length, fields.Length);
            rows.Add(names.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second));
        }

        return rows;
    }
}
