using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Reports;
using CloudPosture.Reporting;
using CloudPosture.Reporting.Collecting;
using CloudPosture.Reporting.Sheets;

namespace CloudPosture.Tests.Reporting;

/// <summary>What holds for a report of any format: a whole file or none, its owner's alone, and every finding in it.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudposture-report-").FullName;

    public static TheoryData<ReportFormat> Formats => [.. Enum.GetValues<ReportFormat>()];

    private string File => Path.Combine(_folder, "report");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Formats))]
    public void UntilAReportIsWholeTheFileBeforeStays(ReportFormat format)
    {
        System.IO.File.WriteAllText(File, "before");
        using var stop = new CancellationTokenSource();
        using (var report = PostureReport.Begin(File, format, ReportSamples.Library, ReportSamples.Now))
        {
            report.Add(ReportSamples.One);
            stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => report.Save(stop.Token));
        }

        Assert.Equal("before", System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AKillInTheMiddleLeavesTheFileBefore(ReportFormat format)
    {
        System.IO.File.WriteAllText(File, "before");
        using (var process = ReportProcess.StartHalf(File, format))
        {
            Assert.Contains(Directory.GetFiles(_folder), file => file != File && new FileInfo(file).Length > 0);
            process.Kill();
            process.WaitForExit();
        }

        Assert.Equal("before", System.IO.File.ReadAllText(File));
        Assert.All(Directory.GetFiles(_folder).Except([File]), draft => Assert.EndsWith(".new", draft, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatTheDiskRefusesIsToldOfTheFileThatWasAskedFor()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "gone")).FullName;
        using var report = PostureReport.Begin(Path.Combine(folder, "report"), ReportFormat.Csv, ReportSamples.Library, ReportSamples.Now);
        report.Add(ReportSamples.One);
        Directory.Delete(folder);

        var problem = Assert.Throws<IOException>(() => report.Save(CancellationToken.None));

        Assert.Contains($"'{Path.Combine(folder, "report")}'", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".new", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AReportIsItsOwnersAlone(ReportFormat format)
    {
        using var report = PostureReport.Begin(File, format, ReportSamples.Library, ReportSamples.Now);
        report.Add(ReportSamples.One);
        report.Save(CancellationToken.None);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Theory]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.JUnit)]
    [InlineData(ReportFormat.NUnit)]
    [InlineData(ReportFormat.Asff)]
    [InlineData(ReportFormat.Markdown)]
    public void TheSameFindingsInAnotherOrderGiveTheSameReport(ReportFormat format)
    {
        var findings = ReportSamples.Many(60);

        Assert.Equal(ReportSamples.Text(format, findings), ReportSamples.Text(format, findings.Reverse()));
    }

    [Fact]
    public void MoreFindingsThanMemoryHoldsComeBackAsTheyCame()
    {
        using var spool = new FindingSpool(File, order: null, mostInMemory: 7);
        var findings = ReportSamples.Many(100);
        Add(spool, findings);

        Assert.Equal(findings, spool.Read());
        Assert.Equal(findings, spool.Read());
    }

    [Fact]
    public void MoreFindingsThanMemoryHoldsComeBackSorted()
    {
        var order = FindingOrder.Of(ReportOrder.ByAccount)!;
        using var spool = new FindingSpool(File, order, mostInMemory: 7);
        var findings = ReportSamples.Many(100).Concat(ReportSamples.Many(3)).ToList();
        Add(spool, findings);
        findings.Sort(order);

        Assert.Equal(findings, spool.Read());
        Assert.Equal(findings, spool.Read());
    }

    [Fact]
    public void NothingOfAFindingIsLostThatDidNotFitInMemory()
    {
        var full = ReportSamples.One with
        {
            Change = FindingChange.Regressed,
            StatusSince = ReportSamples.Now.AddDays(-2),
            FirstFailed = ReportSamples.Now.AddDays(-9),
            LastPassed = ReportSamples.Now.AddDays(-4),
            LastVerdict = FindingStatus.Fail,
            LastVerdictSince = ReportSamples.Now.AddDays(-1),
            ExceptionId = "x-1",
            ExceptionReason = "known",
            Requirements = "CIS 7.0 2.4",
            Provider = "GuardDuty",
            NativeId = "native-1",
            NativeSeverity = "8.9",
            WorkflowState = "NEW",
        };
        using var spool = new FindingSpool(File, order: null, mostInMemory: 1);
        Add(spool, [full, ReportSamples.One]);

        Assert.All(typeof(Finding).GetProperties(), property => Assert.NotNull(property.GetValue(full)));
        Assert.Equal([full, ReportSamples.One], spool.Read());
    }

    [Fact]
    public void WhatDidNotFitInMemoryIsGoneAfterwards()
    {
        using (var spool = new FindingSpool(File, order: null, mostInMemory: 2))
        {
            Add(spool, ReportSamples.Many(9));
            Assert.NotEmpty(Directory.GetFiles(_folder));
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void EveryPropertyOfAFindingIsAColumn() =>
        Assert.Equal(typeof(Finding).GetProperties().Select(property => property.Name).Order(), FindingColumns.All.Select(column => column.Name).Order());

    private static void Add(FindingSpool spool, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            spool.Add(finding);
        }
    }
}
