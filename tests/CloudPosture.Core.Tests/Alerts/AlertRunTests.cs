using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Alerts;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Alerts;

/// <summary>A receiver is told of each failure once, and again only when it is another one or weighs more.</summary>
public sealed class AlertRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alerts-").FullName;
    private readonly RecordingReceiver _receiver = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AFailureIsToldOnce()
    {
        Assert.True((await TellAsync(AlertSamples.Failure(1))).IsSent);
        var second = await TellAsync(AlertSamples.Failure(1));

        Assert.False(second.IsSent);
        Assert.Equal(0, second.Digest.Findings);
        Assert.Single(_receiver.Messages);
    }

    [Fact]
    public async Task WhatFailedIsSentAgainUnderTheSameIdAndThenNoMore()
    {
        var ids = new List<string>();
        _receiver.Fails = _ => true;
        await Assert.ThrowsAsync<AlertException>(() => TellAsync(AlertSamples.Failure(1), AlertSamples.Failure(2)));
        _receiver.Fails = _ => false;
        await TellAsync(AlertSamples.Failure(2), AlertSamples.Failure(1));
        ids.Add(Assert.Single(_receiver.Messages).Id);

        File.Delete(Path.Combine(_folder, "one.gz"));
        await TellAsync(AlertSamples.Failure(1), AlertSamples.Failure(2));

        Assert.Equal(ids[0], _receiver.Messages[1].Id);
        Assert.False((await TellAsync(AlertSamples.Failure(1), AlertSamples.Failure(2))).IsSent);
    }

    /// <summary>What was sent and cannot be remembered would be sent again by each run.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public async Task WhatCannotBeRememberedIsNotSent(int? mostFindings)
    {
        // The name of the lock beside it is short enough, and that of a draft is not.
        var name = new string('n', 220);
        var receiver = new RecordingReceiver(mostFindings);

        await Assert.ThrowsAnyAsync<IOException>(() => Run().SendAsync(receiver, name, [AlertSamples.Failure(1)], _ => Task.FromResult(true), default));

        Assert.Empty(receiver.Messages);
    }

    [Fact]
    public async Task WhatTheUserDoesNotWantIsNotRemembered()
    {
        var declined = await Run().SendAsync(_receiver, "one", [AlertSamples.Failure(1)], _ => Task.FromResult(false), default);

        Assert.Equal((false, 1), (declined.IsSent, declined.Digest.Findings));
        Assert.True((await TellAsync(AlertSamples.Failure(1))).IsSent);
    }

    [Fact]
    public async Task AFailureThatPassedInBetweenIsAnotherOne()
    {
        await TellAsync(AlertSamples.Failure(1));
        var again = await TellAsync(AlertSamples.Failure(1) with { StatusSince = AlertSamples.Now, LastPassed = AlertSamples.Now.AddDays(-1) });

        Assert.Equal(1, again.Digest.Regressed);
    }

    [Theory]
    [InlineData(FindingStatus.Excepted, true)]
    [InlineData(FindingStatus.Pass, true)]
    [InlineData(FindingStatus.NotAssessed, false)]
    [InlineData(FindingStatus.Manual, false)]
    public async Task WhatCouldNotBeReadInBetweenChangesNothing(FindingStatus between, bool isToldAgain)
    {
        await TellAsync(AlertSamples.Failure(1));
        Assert.False((await TellAsync(AlertSamples.Failure(1) with { Status = between })).IsSent);

        Assert.Equal(isToldAgain, (await TellAsync(AlertSamples.Failure(1))).IsSent);
    }

    [Fact]
    public async Task WhatWeighsMoreIsWorseAndWhatWeighsLessIsNothing()
    {
        await TellAsync(AlertSamples.Failure(1) with { Severity = Severity.Medium });

        Assert.False((await TellAsync(AlertSamples.Failure(1) with { Severity = Severity.Low })).IsSent);
        Assert.Equal(1, (await TellAsync(AlertSamples.Failure(1) with { Severity = Severity.High })).Digest.Worse);
    }

    [Fact]
    public async Task WhatIsOldIsRememberedWithoutAWord()
    {
        var since = AlertSamples.Now.AddDays(-1);
        var first = await new AlertRun(_folder, AlertSamples.Now) { Since = since }
            .SendAsync(_receiver, "one", [AlertSamples.Failure(1), AlertSamples.Failure(2) with { StatusSince = AlertSamples.Now }], AlertSamples.Yes, default);

        Assert.Equal(1, first.Digest.Findings);
        Assert.False((await TellAsync(AlertSamples.Failure(1))).IsSent);
    }

    [Fact]
    public async Task AReceiverIsToldByOneProcessAtATime()
    {
        var gate = new TaskCompletionSource();
        _receiver.Gate = gate.Task;
        var both = new[] { TellAsync(AlertSamples.Failure(1)), TellAsync(AlertSamples.Failure(1)) };
        gate.SetResult();
        var outcomes = await Task.WhenAll(both);

        Assert.Single(outcomes, outcome => outcome.IsSent);
        Assert.Single(_receiver.Messages);
    }

    [Fact]
    public async Task WhoeverKeepsAReceiverTooLongIsNotWaitedForForEver()
    {
        Directory.CreateDirectory(_folder);
        using var other = await FileLock.LockAsync(Path.Combine(_folder, "one.lock"), TimeSpan.Zero, default);
        var run = new AlertRun(_folder, AlertSamples.Now) { Patience = TimeSpan.Zero };

        await Assert.ThrowsAsync<IOException>(() => run.SendAsync(_receiver, "one", [AlertSamples.Failure(1)], AlertSamples.Yes, default));
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task BatchesThatWereTakenAreNotSentAgain()
    {
        var receiver = new RecordingReceiver(mostFindings: 2) { Fails = sent => sent == 1 };
        var findings = Enumerable.Range(0, 5).Select(AlertSamples.Failure).ToList();
        await Assert.ThrowsAsync<AlertException>(() => Run().SendAsync(receiver, "one", findings, AlertSamples.Yes, default));
        receiver.Fails = _ => false;
        var rest = await Run().SendAsync(receiver, "one", findings, AlertSamples.Yes, default);

        Assert.Equal(3, rest.Digest.Findings);
        Assert.Equal(findings.Select(finding => finding.FindingId), receiver.Messages.SelectMany(message => message.Findings).Select(one => one.Finding.FindingId));
    }

    [Fact]
    public async Task AFindingThatComesTwiceCountsOnce()
    {
        var receiver = new RecordingReceiver(mostFindings: 3);
        Assert.Equal(1, (await TellAsync(AlertSamples.Failure(1), AlertSamples.Failure(1))).Digest.Findings);
        await Run().SendAsync(receiver, "each", [AlertSamples.Failure(1), AlertSamples.Failure(1)], AlertSamples.Yes, default);

        Assert.Single(receiver.Messages.SelectMany(message => message.Findings));
    }

    [Fact]
    public async Task TheMemoryIsTheUsersAloneAndHoldsNoNames()
    {
        await TellAsync(AlertSamples.Failure(1));
        var file = Path.Combine(_folder, "one.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var text = await reader.ReadToEndAsync();

        Assert.DoesNotContain("bucket", text);
        Assert.DoesNotContain("receiver.example", text);
        Assert.DoesNotContain("secret", AlertRun.NameOf(_receiver));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    public async Task ADamagedMemoryIsAnErrorThatSaysWhatToDo(string content)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "one.gz"), content);

        var problem = await Assert.ThrowsAsync<IOException>(() => TellAsync(AlertSamples.Failure(1)));
        Assert.Contains("Delete it", problem.Message);
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public void EveryFailureIsToldExactlyOnceWhateverHappens()
    {
        // Each day a finding passes, fails, could not be read, or its receiver is out of reach.
        var day = Gen.Elements(FindingStatus.Pass, FindingStatus.Fail, FindingStatus.NotAssessed).Zip(Gen.Elements(true, false));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Arb.From(Gen.ListOf(day)), days =>
        {
            var folder = Directory.CreateTempSubdirectory("alerts-").FullName;
            var receiver = new RecordingReceiver();
            var (since, isFailing, isTold, failures) = (AlertSamples.Now, false, true, 0);
            foreach (var ((status, isReachable), number) in days.Select((one, number) => (one, number)))
            {
                if (status == FindingStatus.Fail && !isFailing)
                {
                    (since, isFailing, isTold, failures) = (AlertSamples.Now.AddDays(number), true, false, failures + 1);
                }
                else if (status == FindingStatus.Pass)
                {
                    failures -= isTold ? 0 : 1;
                    (isFailing, isTold) = (false, true);
                }

                receiver.Fails = _ => !isReachable;
                try
                {
                    new AlertRun(folder, AlertSamples.Now.AddDays(number)).SendAsync(receiver, "one", [AlertSamples.Failure(1) with { Status = status, StatusSince = since }], AlertSamples.Yes, default).GetAwaiter().GetResult();
                    isTold |= status == FindingStatus.Fail;
                }
                catch (AlertException)
                {
                }
            }

            Directory.Delete(folder, recursive: true);
            return receiver.Messages.Count == failures - (isTold ? 0 : 1);
        }));
    }

    private AlertRun Run() => new(_folder, AlertSamples.Now);

    private Task<AlertOutcome> TellAsync(params Finding[] findings) => Run().SendAsync(_receiver, "one", findings, AlertSamples.Yes, default);
}
