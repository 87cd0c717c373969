using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Harvest.Accounts;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Harvest;

public sealed class ShardTests
{
    private static readonly string[] Accounts = [.. Enumerable.Range(0, 3000).Select(i => $"{i * 7919L:000000000000}")];

    private static Gen<string[]> SomeAccounts =>
        Gen.Choose(0, 999_999).Select(number => $"{number * 1_000_003L:000000000000}").ArrayOf().Select(accounts => accounts.Distinct().ToArray());

    [Fact]
    public void EachAccountBelongsToOneShardAndTheShardsAreAlike()
    {
        var sizes = Enumerable.Range(0, 10).Select(index => Accounts.Count(new Shard(index, 10).Owns)).ToList();

        Assert.Equal(Accounts.Length, sizes.Sum());
        Assert.All(sizes, size => Assert.InRange(size, 240, 360));
    }

    [Fact]
    public void AnotherShardTakesAccountsAndMovesNoneBetweenTheOthers() =>
        Assert.All(Accounts, account => Assert.True(Shard.Of(account, 11) == 10 || Shard.Of(account, 11) == Shard.Of(account, 10)));

    [Fact]
    public void AccountsThatComeAndGoMoveNoOther() => Prop.ForAll(
        SomeAccounts.ToArbitrary(),
        SomeAccounts.ToArbitrary(),
        Gen.Choose(1, 20).ToArbitrary(),
        (stay, change, count) =>
        {
            var before = Shard.Divide(stay, count);
            var after = Shard.Divide([.. stay.Union(change)], count);
            return before.SelectMany((accounts, shard) => accounts.Select(account => (account, shard)))
                .All(place => after[place.shard].Contains(place.account) && Shard.Of(place.account, count) == place.shard)
                && after.Sum(accounts => accounts.Count) == stay.Union(change).Count();
        }).QuickCheckThrowOnFailure();

    /// <summary>Computed by another program: shards of one harvest may run on different machines, runtimes and versions.</summary>
    [Theory]
    [InlineData("000000000000", 0, 0, 0, 5, 32)]
    [InlineData("111122223333", 0, 0, 0, 7, 7)]
    [InlineData("123456789012", 0, 0, 0, 0, 41)]
    [InlineData("444455556666", 0, 0, 0, 8, 43)]
    [InlineData("999999999999", 0, 0, 2, 9, 9)]
    public void TheShardOfAnAccountNeverChanges(string account, int of1, int of2, int of3, int of10, int of50)
    {
        Assert.Equal([of1, of2, of3, of10, of50], new[] { 1, 2, 3, 10, 50 }.Select(count => Shard.Of(account, count)));

        var culture = CultureInfo.CurrentCulture;
        try
        {
            var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            strange.NumberFormat.NativeDigits = ["\u0660", "\u0661", "\u0662", "\u0663", "\u0664", "\u0665", "\u0666", "\u0667", "\u0668", "\u0669"];
            strange.NumberFormat.DigitSubstitution = DigitShapes.NativeNational;
            CultureInfo.CurrentCulture = strange;
            Assert.Equal(of50, Shard.Of(account, 50));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("JOB_COMPLETION_INDEX=2", 4, 2, 4)]
    [InlineData("JOB_COMPLETION_INDEX=2 JOB_COMPLETIONS=4", null, 2, 4)]
    [InlineData("AWS_BATCH_JOB_ARRAY_INDEX=0 AWS_BATCH_JOB_ARRAY_SIZE=5", null, 0, 5)]
    [InlineData("SYSTEM_JOBPOSITIONINPHASE=1 SYSTEM_TOTALJOBSINPHASE=3", null, 0, 3)]
    [InlineData("GITLAB_CI=true CI_NODE_INDEX=3 CI_NODE_TOTAL=3", null, 2, 3)]
    [InlineData("CIRCLE_NODE_INDEX=0 CIRCLE_NODE_TOTAL=2", null, 0, 2)]
    [InlineData("BUILDKITE_PARALLEL_JOB=1 BUILDKITE_PARALLEL_JOB_COUNT=2", 2, 1, 2)]
    [InlineData("SEMAPHORE_JOB_INDEX=4 SEMAPHORE_JOB_COUNT=4", null, 3, 4)]
    [InlineData("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_COUNT=3", null, 2, 3)]
    [InlineData("CLOUD_RUN_TASK_INDEX=9 CLOUD_RUN_TASK_COUNT=10", null, 9, 10)]
    [InlineData("CLOUD_RUN_TASK_INDEX=1 CLOUD_RUN_TASK_COUNT=2 SEMAPHORE_JOB_INDEX=2 SEMAPHORE_JOB_COUNT=2", null, 1, 2)]
    [InlineData("SYSTEM_JOBPOSITIONINPHASE=1 SYSTEM_TOTALJOBSINPHASE=1 JOB_COMPLETION_INDEX=1 JOB_COMPLETIONS=2", null, 1, 2)]
    public void AJobArrayIsRecognised(string variables, int? count, int index, int of) =>
        Assert.Equal(new Shard(index, of), Shard.FromEnvironment(count, Environment(variables)));

    [Theory]
    [InlineData("", null)]
    [InlineData("SYSTEM_JOBPOSITIONINPHASE=1 SYSTEM_TOTALJOBSINPHASE=1", null)]
    [InlineData("GITLAB_CI=true CI_NODE_TOTAL=1", null)]
    [InlineData("CI_NODE_INDEX=0 CI_NODE_TOTAL=4", null)]
    [InlineData("JOB_COMPLETION_INDEX=2", 1)]
    [InlineData("JOB_COMPLETION_INDEX=2 JOB_COMPLETIONS=4", 1)]
    [InlineData("", 1)]
    public void WithoutAJobArrayThereIsNoShard(string variables, int? count) => Assert.Null(Shard.FromEnvironment(count, Environment(variables)));

    /// <summary>Rather than that every process reads all accounts, or one reads none.</summary>
    [Theory]
    [InlineData("JOB_COMPLETION_INDEX=2", null, "how many there are", "Set JOB_COMPLETIONS")]
    [InlineData("JOB_COMPLETION_INDEX=4 JOB_COMPLETIONS=4", null, "JOB_COMPLETION_INDEX is 4", "among 4")]
    [InlineData("JOB_COMPLETION_INDEX=two JOB_COMPLETIONS=4", null, "JOB_COMPLETION_INDEX is 'two'", "no number")]
    [InlineData("JOB_COMPLETION_INDEX=-1 JOB_COMPLETIONS=4", null, "JOB_COMPLETION_INDEX is '-1'", "no number")]
    [InlineData("AWS_BATCH_JOB_ARRAY_INDEX=1 AWS_BATCH_JOB_ARRAY_SIZE=many", null, "AWS_BATCH_JOB_ARRAY_SIZE is 'many'", "no number")]
    [InlineData("SYSTEM_JOBPOSITIONINPHASE=0 SYSTEM_TOTALJOBSINPHASE=3", null, "SYSTEM_JOBPOSITIONINPHASE is 0", "among 3")]
    [InlineData("AWS_BATCH_JOB_ARRAY_INDEX=1 AWS_BATCH_JOB_ARRAY_SIZE=10", 8, "8 shards", "10 jobs")]
    [InlineData("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=3", null, "SLURM_ARRAY_TASK_ID is 7", "among 3")]
    [InlineData("CLOUD_RUN_TASK_INDEX=1 CLOUD_RUN_TASK_COUNT=2 JOB_COMPLETION_INDEX=0 JOB_COMPLETIONS=2", null, "Kubernetes", "Cloud Run")]
    [InlineData("", 4, "4 shards", "from 0 to 3")]
    [InlineData("", 0, "0 shards", "at least 1")]
    [InlineData("JOB_COMPLETION_INDEX=0", -2, "-2 shards", "at least 1")]
    public void VariablesThatMakeNoSenseAreRefused(string variables, int? count, string named, string also)
    {
        var error = Assert.Throws<SettingException>(() => Shard.FromEnvironment(count, Environment(variables)));

        Assert.Contains(named, error.Message);
        Assert.Contains(also, Told(error));
    }

    [Theory]
    [InlineData(3, 3, "the last of 3 is 2")]
    [InlineData(-1, 3, "the last of 3 is 2")]
    [InlineData(0, 0, "at least 1")]
    public void AShardThatCannotBeIsRefused(int index, int count, string why) =>
        Assert.Contains(why, Told(Assert.Throws<SettingException>(() => new Shard(index, count))));

    private static string Told(SettingException error) => $"{error.Message} {error.Advice}";

    private static Func<string, string?> Environment(string variables)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return name => values.GetValueOrDefault(name);
    }
}
