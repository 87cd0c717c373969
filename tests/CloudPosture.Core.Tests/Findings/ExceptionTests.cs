using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using CloudPosture.Content;
using CloudPosture.Findings;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake.Findings;
using CloudPosture.Tests.Harvest;
using CloudPosture.Tests.Lake;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Findings;

public sealed class ExceptionTests : IDisposable
{
    private readonly TemporaryLake _lake = new();

    private string Path => System.IO.Path.Combine(_lake.Lake.Path, "team", "exceptions.yaml");

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("rule: S3.A", true)]
    [InlineData("rule: s3.*", true)]
    [InlineData("rule: S3.B", false)]
    [InlineData("{rule: S3.A, account: '111122223333', resource: 'arn:aws:s3:::b*'}", true)]
    [InlineData("{rule: S3.A, account: prod, region: eu-*}", true)]
    [InlineData("{rule: S3.A, account: '444455556666'}", false)]
    [InlineData("{rule: S3.A, resource: other}", false)]
    [InlineData("{rule: S3.A, region: us-*}", false)]
    [InlineData("{rule: S3.A, tags: {Stage: test}}", false)]
    [InlineData("{rule: S3.A, until: 2026-11-20}", true)]
    [InlineData("{rule: S3.A, until: 2026-11-19}", false)]
    public void AnExceptionAcceptsTheFailuresItNamesThroughItsLastDay(string entry, bool accepted)
    {
        var exceptions = Given(entry);
        var set = ExceptionSet.Of(exceptions, [], _lake.Lake, new DateTimeOffset(2026, 11, 20, 23, 59, 59, TimeSpan.Zero));

        var finding = set.Apply(Some.Finding("bucket"));

        Assert.Equal(accepted ? FindingStatus.Excepted : FindingStatus.Fail, finding.Status);
        Assert.Equal(accepted ? "known" : null, finding.ExceptionReason);
        Assert.Equal(FindingStatus.Pass, set.Apply(Some.Finding("bucket", FindingStatus.Pass)).Status);
        Assert.Equal(FindingStatus.NotAssessed, set.Apply(Some.Finding("bucket", FindingStatus.NotAssessed)).Status);
    }

    [Theory]
    [InlineData("- {rule: A}", "'reason'")]
    [InlineData("- {reason: x}", "'rule' or 'requirement'")]
    [InlineData("- {rule: A, reason: x, untill: 2026-01-01}", "untill")]
    [InlineData("- {rule: A, reason: x, until: tomorrow}", "2026-12-31")]
    [InlineData("- {rule: A, reason: x}\n- {rule: A, reason: y}", "already")]
    public void AFileThatIsWrongSaysWhereAndWhy(string text, string why)
    {
        Write(text);

        var problem = Assert.Throws<ContentException>(() => new ExceptionFile(Path).Read());
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Contains("line ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CommentsAndOtherEntriesStayAsTheyWereWritten()
    {
        const string Before = "# Accepted by the board\n- id: one\n  rule: S3.A # public on purpose\n  reason: website\n\n# Until the migration\n- id: two\n  rule: S3.B\n  reason: old\n# end\n";
        Write(Before);
        var file = new ExceptionFile(Path);

        var added = file.Add(new PostureException { Id = "", Rule = "IAM.C", Reason = "a: \"b\"\n# c", Tags = new Dictionary<string, string> { ["k"] = "*" } });
        file.Set(file.Read()[1] with { Reason = "older" });
        file.Remove("one");

        Assert.Equal(["two", added.Id], file.Read().Select(one => one.Id));
        Assert.Equal(("older", "a: \"b\"\n# c", "*"), (file.Read()[0].Reason, file.Read()[1].Reason, file.Read()[1].Tags["k"]));
        Assert.StartsWith("# Accepted by the board\n\n# Until the migration\n- id: two", File.ReadAllText(Path), StringComparison.Ordinal);
        file.Remove(added.Id);
        file.Remove("two");
        Assert.Empty(file.Read());
        Assert.Throws<KeyNotFoundException>(() => file.Remove("two"));
    }

    [Fact]
    public void WhateverIsWrittenIsReadAgain() => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), ArbMap.Default.ArbFor<NonEmptyString>(), (reason, resource) =>
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var exception = new PostureException { Id = "", Rule = "S3.A", Reason = Plain(reason.Get), Resource = Plain(resource.Get), Ticket = "yes", By = "12", Account = "000000000012" };
        File.Delete(Path);
        var file = new ExceptionFile(Path);

        var added = file.Add(exception);

        var read = Assert.Single(file.Read());
        Assert.Equal((added.Id, exception.Reason, exception.Resource, "yes", "12", "000000000012"), (read.Id, read.Reason, read.Resource, read.Ticket, read.By, read.Account));
    }).QuickCheckThrowOnFailure();

    [UnixTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [UnsupportedOSPlatform("windows")]
    public void ATeamsFileKeepsItsRightsAndTheLinkThatLeadsToIt(UnixFileMode mode)
    {
        Write("- {id: one, rule: S3.A, reason: known}\n");
        File.SetUnixFileMode(Path, mode);
        var link = System.IO.Path.Combine(_lake.Lake.Path, "link.yaml");
        File.CreateSymbolicLink(link, Path);

        new ExceptionFile(link).Add(new PostureException { Id = "two", Rule = "S3.B", Reason = "known" });

        Assert.Equal(["one", "two"], new ExceptionFile(Path).Read().Select(one => one.Id));
        Assert.Equal((mode, Path), (File.GetUnixFileMode(Path), new FileInfo(link).LinkTarget));
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public void WhatSeveralWriteAtATimeIsAllThere()
    {
        Write("- {id: first, rule: S3.A, reason: known}\n");
        var ids = Enumerable.Range(0, 64).Select(i => $"e{i}").ToList();

        System.Threading.Tasks.Parallel.ForEach(ids, new System.Threading.Tasks.ParallelOptions { MaxDegreeOfParallelism = 8 }, id =>
            new ExceptionFile(Path).Add(new PostureException { Id = id, Rule = "S3." + id, Reason = "known" }));

        Assert.Equal(ids.Append("first").Order(), new ExceptionFile(Path).Read().Select(one => one.Id).Order());
    }

    [Fact]
    public void ManyExceptionsByTagsAreReviewedInOnePass()
    {
        var exceptions = Given([.. Enumerable.Range(0, 20).Select(i => $"{{rule: S3.A, tags: {{Stage: t{i}}}}}")]);
        var passes = 0;

        ExceptionSet.Each(exceptions, [], () =>
        {
            passes++;
            return [];
        });

        Assert.Equal(1, passes);
    }

    [Fact]
    public void WhatDoesNothingIsTold()
    {
        using (_lake.Write("h1", Some.Day1))
        {
        }

        using (var findings = _lake.Lake.WriteFindings("h1", Some.Account))
        {
            findings.Add(Some.Finding("a"));
            findings.Add(Some.Finding("b", FindingStatus.Pass));
            findings.Commit();
        }

        var exceptions = Given("{rule: S3.A, resource: a}", "{rule: S3.A, resource: b}", "{rule: S3.*, until: 2026-11-04}", "{rule: '*', until: 2026-11-10}");

        var told = ExceptionReview.Of(exceptions, [], _lake.Lake, Some.Day1.AddDays(5));

        Assert.Equal(
            [(ExceptionState.Active, 1), (ExceptionState.Unused, 0), (ExceptionState.Expired, 1), (ExceptionState.ExpiresSoon, 1)],
            told.Select(one => (one.State, one.Findings)));
    }

    [Fact]
    public void AnExceptionCountsAtOnceWhenFindingsAreRead()
    {
        using (_lake.Write("h1", Some.Day1))
        {
        }

        using (var findings = _lake.Lake.WriteFindings("h1", Some.Account))
        {
            findings.Add(Some.Finding("a"));
            findings.Add(Some.Finding("b"));
            findings.Commit();
        }

        var view = new FindingView(_lake.Lake, ExceptionSet.Of(Given("{rule: S3.A, resource: a}"), [], _lake.Lake, Some.Day1));

        Assert.Equal(["b"], view.Read(new FindingQuery { Statuses = [FindingStatus.Fail] }).Select(one => one.FindingId));
        Assert.Equal(["a"], view.Read(new FindingQuery { Statuses = [FindingStatus.Excepted] }).Select(one => one.FindingId));
    }

    // What XML, JSON and YAML all refuse is no text that a person types.
    private static string Plain(string text) => "x" + new string([.. text.Where(one => !char.IsControl(one) && !char.IsSurrogate(one))]);

    private IReadOnlyList<PostureException> Given(params string[] entries)
    {
        Write(string.Concat(entries.Select(entry => entry[0] == '{' ? $"- {entry.TrimEnd('}')}{(entry.EndsWith("}}", StringComparison.Ordinal) ? "}" : "")}, reason: known}}\n" : $"- {{{entry}, reason: known}}\n")));
        return new ExceptionFile(Path).Read();
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, text);
    }
}
