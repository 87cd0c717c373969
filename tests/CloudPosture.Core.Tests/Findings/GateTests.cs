using System;
using System.IO;
using System.Linq;
using CloudPosture.Findings;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Gates;
using CloudPosture.Tests.Harvest;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Findings;

public sealed class GateTests : IDisposable
{
    private readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void AnEmptyLakeOpensNoGate()
    {
        var gate = Gate(new GateOrder { AllowsNotAssessed = true });

        Assert.Empty(gate.Breaking());
        Assert.Equal(GateVerdict.NothingRead, gate.Verdict);
    }

    [Theory]
    [InlineData(FindingStatus.Pass, false, GateVerdict.Open)]
    [InlineData(FindingStatus.Fail, false, GateVerdict.Findings)]
    [InlineData(FindingStatus.NotAssessed, false, GateVerdict.NotAssessed)]
    [InlineData(FindingStatus.NotAssessed, true, GateVerdict.Open)]
    public void WhatWasFoundDecides(FindingStatus status, bool allows, GateVerdict verdict)
    {
        Write(Some.Finding("a", status), Some.Finding("b", FindingStatus.Pass));

        var gate = Gate(new GateOrder { AllowsNotAssessed = allows });

        Assert.Equal(verdict == GateVerdict.Findings ? ["a"] : [], gate.Breaking().Select(finding => finding.FindingId));
        Assert.Equal(verdict, gate.Verdict);
    }

    /// <summary>Every account failed: findings are there, and none of them says anything.</summary>
    [Theory]
    [InlineData(false, GateVerdict.NotAssessed)]
    [InlineData(true, GateVerdict.NothingRead)]
    public void WhereNothingHasAVerdictNothingOpensIt(bool allows, GateVerdict verdict)
    {
        Write(Some.Finding("a", FindingStatus.NotAssessed), Some.Finding("b", FindingStatus.Manual));
        var gate = Gate(new GateOrder { AllowsNotAssessed = allows, AllowsUnreadAccounts = allows });

        Assert.Empty(gate.Breaking());
        Assert.Equal(verdict, gate.Verdict);
    }

    [Theory]
    [InlineData(false, GateVerdict.NotAssessed)]
    [InlineData(true, GateVerdict.Open)]
    public void AnAccountOfWhichNothingWasAssessedShutsItUnlessOneSaysOtherwise(bool allows, GateVerdict verdict)
    {
        const string Broken = "999988887777";
        WriteOf("h0", Broken, Some.Finding("x", FindingStatus.NotAssessed) with { AccountId = Broken });
        Write(Some.Finding("a", FindingStatus.Pass));
        var gate = Gate(new GateOrder { AllowsNotAssessed = true, AllowsUnreadAccounts = allows });

        Assert.Empty(gate.Breaking());
        Assert.Equal(verdict, gate.Verdict);
        Assert.Equal(allows ? "" : $"Not assessed at all: {Broken}.", gate.Reason);
    }

    [Fact]
    public void AnAccountOfWhichAFilterLeavesNoVerdictWasAssessedAllTheSame()
    {
        const string Other = "999988887777";
        WriteOf("h0", Other, Some.Finding("c", FindingStatus.Pass) with { AccountId = Other, Severity = Severity.Low }, Some.Finding("d", FindingStatus.NotAssessed) with { AccountId = Other, Severity = Severity.Critical });
        Write(Some.Finding("e", FindingStatus.Pass) with { Severity = Severity.Critical });
        var gate = Gate(new GateOrder { AllowsNotAssessed = true, Query = new FindingQuery { Severities = [Severity.Critical] } });

        Assert.Empty(gate.Breaking());
        Assert.Equal((GateVerdict.Open, ""), (gate.Verdict, gate.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AReadingThatIsTooOldShutsIt(bool allows)
    {
        Write(Some.Finding("a", FindingStatus.Pass));
        var gate = Gate(new GateOrder { MaxAge = TimeSpan.FromHours(23), AllowsNotAssessed = allows, AllowsUnreadAccounts = allows });

        Assert.Empty(gate.Breaking());
        Assert.Equal(GateVerdict.NotAssessed, gate.Verdict);
        Assert.Contains(Some.Account, gate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AReadingOfATimeToComeShutsIt()
    {
        Write(Some.Finding("a", FindingStatus.Pass));
        var gate = new PostureGate(_lake.Lake, ExceptionSet.Empty, new GateOrder { MaxAge = TimeSpan.FromHours(23) }, Some.Day1.AddYears(-1));

        Assert.Empty(gate.Breaking());
        Assert.Equal(GateVerdict.NotAssessed, gate.Verdict);
        Assert.Contains("still to come", gate.Reason, StringComparison.Ordinal);
        Assert.Contains(Some.Account, gate.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0, GateVerdict.Open)]
    [InlineData(1, 2, GateVerdict.Findings)]
    public void AsManyAsAreAllowedAreLetThroughAndOneMoreShowsAll(int allowed, int shown, GateVerdict verdict)
    {
        Write(Some.Finding("a"), Some.Finding("b"));
        var gate = Gate(new GateOrder { MaxFail = allowed });

        Assert.Equal(shown, gate.Breaking().Count());
        Assert.Equal(verdict, gate.Verdict);
    }

    [Fact]
    public void OnlyWhatIsNewOrRegressedBreaksAGateForTheNew()
    {
        Write(
            Some.Finding("a") with { Change = FindingChange.Unchanged },
            Some.Finding("b") with { Change = FindingChange.New },
            Some.Finding("c") with { Change = FindingChange.Regressed },
            Some.Finding("d"));

        Assert.Equal(["b", "c", "d"], Gate(new GateOrder { IsNewOnly = true }).Breaking().Select(finding => finding.FindingId));
    }

    [Fact]
    public void ABaselineLetsThroughWhatWasThere()
    {
        Write(Some.Finding("a"), Some.Finding("b") with { ResourceArn = "arn:\"],[" });
        var path = Path.Combine(_lake.Lake.Path, "baseline.json");

        Assert.Equal(1, Baseline.Write(path, [Some.Finding("a")]));

        Assert.Equal(["b"], Gate(new GateOrder { Baseline = Baseline.Read(path) }).Breaking().Select(finding => finding.FindingId));
        Assert.Equal(2, Baseline.Write(path, _lake.Lake.ReadFindings(new FindingQuery())));
        Assert.Empty(Gate(new GateOrder { Baseline = Baseline.Read(path) }).Breaking());
        Assert.Equal([path], Directory.GetFiles(_lake.Lake.Path));
    }

    [UnixTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void ABaselineKeepsItsRightsAndTheLinkThatLeadsToIt(UnixFileMode mode)
    {
        var (path, link) = (Path.Combine(_lake.Lake.Path, "baseline.json"), Path.Combine(_lake.Lake.Path, "link.json"));
        Directory.CreateDirectory(_lake.Lake.Path);
        Baseline.Write(path, []);
        File.SetUnixFileMode(path, mode);
        File.CreateSymbolicLink(link, path);

        Baseline.Write(link, [Some.Finding("a")]);

        Assert.True(Baseline.Read(path).Holds(Some.Finding("a")));
        Assert.Equal((mode, path), (File.GetUnixFileMode(path), new FileInfo(link).LinkTarget));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("[1]")]
    public void AFileThatIsNoBaselineIsAnError(string text)
    {
        Directory.CreateDirectory(_lake.Lake.Path);
        var path = Path.Combine(_lake.Lake.Path, "baseline.json");
        File.WriteAllText(path, text);

        var problem = Assert.Throws<BaselineException>(() => Baseline.Read(path));
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        Assert.Equal("BaselineMake", problem.Advice.Id);
    }

    private PostureGate Gate(GateOrder order) => new(_lake.Lake, ExceptionSet.Empty, order, Some.Day1.AddDays(1));

    private void Write(params Finding[] findings) => WriteOf("h1", Some.Account, findings);

    private void WriteOf(string harvestId, string account, params Finding[] findings)
    {
        using (var harvest = _lake.Write(harvestId, Some.Day1))
        {
            TemporaryLake.Commit(harvest, account, "sns", Some.Day1);
            harvest.Complete(Some.Day1);
        }

        using var writer = _lake.Lake.WriteFindings(harvestId, account);
        Array.ForEach(findings, finding => writer.Add(finding));
        writer.Commit();
    }
}
