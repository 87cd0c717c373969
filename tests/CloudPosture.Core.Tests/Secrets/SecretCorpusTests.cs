using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Secrets;

namespace CloudPosture.Tests.Secrets;

/// <summary>How many secrets are missed, and how many alarms are false, on settings and scripts that a seed makes.</summary>
public sealed class SecretCorpusTests
{
    private const int Times = 5;

    // A UUID beside a name such as SIGNING_KEY is as likely the id of a KMS key: it is called no secret.
    private const double MostMisses = 0.003;

    [Theory]
    [InlineData(1)]
    [InlineData(20261128)]
    public void NearlyNoneIsMissedAndNoAlarmIsFalse(int seed)
    {
        var corpus = SecretCorpus.Make(seed, Times);
        var missed = corpus.Where(entry => entry.IsSecret && SecretDetector.Find(entry.Name, entry.Value) is null).ToList();
        var alarms = corpus.Where(entry => !entry.IsSecret && SecretDetector.Find(entry.Name, entry.Value) is not null).ToList();

        Assert.Empty(Told(alarms));
        Assert.True(missed.Count <= MostMisses * corpus.Count(entry => entry.IsSecret), string.Join(Environment.NewLine, Told(missed)));
    }

    [Fact]
    public void EveryPublishedFormAndEveryWayOfWritingIsFoundEachTime()
    {
        var missed = SecretCorpus.Make(7, Times).Where(entry => entry.IsSecret && !entry.Group.StartsWith("secret beside", StringComparison.Ordinal) && SecretDetector.Find(entry.Name, entry.Value) is null);

        Assert.Empty(Told(missed));
    }

    private static IEnumerable<string> Told(IEnumerable<CorpusEntry> entries) => entries.Select(entry => $"{entry.Group}: {entry.Name}={entry.Value}");
}
