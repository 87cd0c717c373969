using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Findings.Differences;
using CloudPosture.Json;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Tests.Lake;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Findings;

public sealed class ResourceComparisonTests : IDisposable
{
    private readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("""{"A":1}""", """{"A":2}""", "A:1>2")]
    [InlineData("""{"A":{"B":"x","C":1}}""", """{"A":{"B":"y","C":1}}""", "A.B:x>y")]
    [InlineData("""{"A":1}""", """{}""", "A:1>")]
    [InlineData("""{}""", """{"A":[1,{"B":2}]}""", """A:>[1,{"B":2}]""")]
    [InlineData("""{"L":[1,2,3]}""", """{"L":[3,1,2]}""", "")]
    [InlineData("""{"L":["a","b"]}""", """{"L":["b","c"]}""", "L[]:a> L[]:>c")]
    [InlineData("""{"L":[{"Sid":"s","E":"Allow"},{"Sid":"t"}]}""", """{"L":[{"Sid":"t"},{"Sid":"s","E":"Deny"}]}""", "L[s].E:Allow>Deny")]
    [InlineData("""{"L":[{"GroupId":"g1","N":1}]}""", """{"L":[{"GroupId":"g2","N":1}]}""", """L[g1]:{"GroupId":"g1","N":1}> L[g2]:>{"GroupId":"g2","N":1}""")]
    [InlineData("""{"L":[{"P":1,"Q":[2,3]}]}""", """{"L":[{"P":1,"Q":[3]}]}""", "L[].Q[]:2>")]
    [InlineData("""{"L":[{"Id":"x"},{"Id":"x"}]}""", """{"L":[{"Id":"x"}]}""", """L[]:{"Id":"x"}>""")]
    [InlineData("""{"A":null}""", """{"A":"null"}""", "A:null>null")]
    [InlineData("""{"A":"\u0041"}""", """{"A":"A"}""", "")]
    public void ConfigurationsAreToldApartMemberByMember(string before, string after, string differences) => Assert.Equal(
        differences,
        string.Join(" ", JsonDifference.Between(JsonDocument.Parse(before).RootElement, JsonDocument.Parse(after).RootElement).Select(change => $"{change.Path}:{change.Before}>{change.After}")));

    [Fact]
    public void AListInAnotherOrderIsTheSameList() => Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), lists =>
    {
        var json = JsonSerializer.SerializeToElement(new { L = lists, M = new[] { lists, [] } });
        var turned = JsonSerializer.SerializeToElement(new { M = new[] { [], lists.Reverse().ToArray() }, L = lists.OrderBy(one => one, StringComparer.Ordinal) });

        Assert.Empty(JsonDifference.Between(json, turned));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatCameWentAndChangedIsToldBetweenHarvests()
    {
        Harvest("h1", 1, Bucket("gone"), Bucket("same"), Bucket("changed", """{"Versioning":"Off","LastUsedDate":1,"Tags":[]}""", ("Stage", "test")));
        Harvest("h2", 2, Bucket("same", """{"N":1,"Id":"x"}"""), Bucket("changed", """{"Versioning":"On","LastUsedDate":2,"Tags":[{"Key":"Stage"}]}""", ("Stage", "prod")), Bucket("new"));

        Assert.Equal(
            [
                "Added new :>",
                "Changed changed Tags.Stage:test>prod",
                "Changed changed Versioning:Off>On",
                "Removed gone :>",
            ],
            Compare(LakeMoment.Of("h1"), LakeMoment.Of("h2")).Order(StringComparer.Ordinal));
        Assert.Equal(["Added new :>"], Compare(LakeMoment.At(Some.Day1.AddHours(1)), LakeMoment.Now, new ResourceQuery { Ids = ["new"] }));
        Assert.Empty(Compare(LakeMoment.At(Some.Day1.AddDays(1).AddHours(1)), LakeMoment.Now));
        Assert.Empty(Compare(LakeMoment.Of("h1"), LakeMoment.At(Some.Day1.AddHours(1))));
    }

    [Fact]
    public void WhatCouldNotBeReadIsNeitherGoneNorChanged()
    {
        Harvest("h1", 1, Bucket("hidden"), Bucket("part", """{"Policy":"p","Acl":"a"}"""));
        using (var writer = _lake.Write("h2", Some.Day1.AddDays(1)))
        {
            writer.Record(TemporaryLake.Account(Some.Account));
            using var file = writer.Begin(TemporaryLake.Account(Some.Account), "s3", Some.Day1.AddDays(1));
            file.Add(Bucket("part", """{"Acl":"b"}""") with { Gaps = [TemporaryLake.Gap("s3", "AWS::s3", "Policy")] });
            file.Add(TemporaryLake.Gap("s3", "AWS::s3"));
            file.Commit(new ServiceStatistics());
        }

        Assert.Equal(["Changed part Acl:a>b"], Compare(LakeMoment.Of("h1"), LakeMoment.Of("h2")));
    }

    [Fact]
    public void WhatOnlyOneMomentLookedAtIsNotComparedAndTold()
    {
        Harvest("h1", 1, Bucket("a"));
        using (var writer = _lake.Write("h2", Some.Day1.AddDays(1)))
        {
            TemporaryLake.Commit(writer, Some.Account, "sqs", Some.Day1.AddDays(1), "q");
            TemporaryLake.Commit(writer, "444455556666", "s3", Some.Day1.AddDays(1), "b");
        }

        var comparison = new ResourceComparison(_lake.Lake, LakeMoment.Of("h1"), LakeMoment.Of("h2"));

        Assert.Empty(comparison.Read(new ResourceQuery()));
        Assert.Equal(
            [$"{Some.Account} True ", "444455556666 False "],
            comparison.Uncompared.Select(part => $"{part.AccountId} {part.IsOnlyBefore} ").Distinct().Where(text => !text.Contains($"{Some.Account} False", StringComparison.Ordinal)));
        Assert.Contains(comparison.Uncompared, part => part.AccountId == Some.Account && part.Services.SequenceEqual(["sqs"]) && !part.IsOnlyBefore);
    }

    private IEnumerable<string> Compare(LakeMoment before, LakeMoment after, ResourceQuery? query = null) =>
        new ResourceComparison(_lake.Lake, before, after).Read(query ?? new ResourceQuery())
            .Select(one => $"{one.Change} {one.Resource.Id} {one.Member}:{one.Before}>{one.After}");

    private static Resource Bucket(string id, string configuration = """{"Id":"x","N":1}""", params (string Key, string Value)[] tags) =>
        TemporaryLake.Resource(Some.Account, "AWS::s3", id, Some.Day1) with
        {
            Configuration = JsonDocument.Parse(configuration).RootElement,
            Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value),
        };

    private void Harvest(string id, int day, params Resource[] resources)
    {
        using var writer = _lake.Write(id, Some.Day1.AddDays(day - 1));
        writer.Record(TemporaryLake.Account(Some.Account));
        using var file = writer.Begin(TemporaryLake.Account(Some.Account), "s3", Some.Day1.AddDays(day - 1));
        Array.ForEach(resources, resource => file.Add(resource with { HarvestId = id }));
        file.Commit(new ServiceStatistics());
    }
}
