using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Harvest;

namespace CloudPosture.Tests.Harvest;

public sealed class ShardTests
{
    private static readonly string[] Accounts = [.. Enumerable.Range(0, 3000).Select(i => $"{i * 7919L:000000000000}")];

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

    [Theory]
    [InlineData("JOB_COMPLETION_INDEX=2", 4, 2, 4)]
    [InlineData("AWS_BATCH_JOB_ARRAY_INDEX=0 AWS_BATCH_JOB_ARRAY_SIZE=5", null, 0, 5)]
    [InlineData("SYSTEM_JOBPOSITIONINPHASE=1 SYSTEM_TOTALJOBSINPHASE=3", null, 0, 3)]
    [InlineData("CI_NODE_INDEX=3 CI_NODE_TOTAL=3", null, 2, 3)]
    public void AJobArrayIsRecognised(string variables, int? count, int index, int of) =>
        Assert.Equal(new Shard(index, of), Shard.FromEnvironment(count, Environment(variables)));

    [Theory]
    [InlineData("")]
    [InlineData("JOB_COMPLETION_INDEX=2")]
    [InlineData("SYSTEM_JOBPOSITIONINPHASE=1 SYSTEM_TOTALJOBSINPHASE=1")]
    public void WithoutAJobArrayThereIsNoShard(string variables) => Assert.Null(Shard.FromEnvironment(null, Environment(variables)));

    [Theory]
    [InlineData(3, 3)]
    [InlineData(-1, 3)]
    [InlineData(0, 0)]
    public void AShardThatCannotBeIsRefused(int index, int count) =>
        Assert.Contains("There is no shard", Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(index, count)).Message);

    private static Func<string, string?> Environment(string variables)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return name => values.GetValueOrDefault(name);
    }
}
