using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Tests.Escalation;

/// <summary>What must hold of any policies: what narrows never adds a way, and the form in which something is written does not matter.</summary>
public sealed class EscalationPropertyTests
{
    private const int Runs = 60;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Runs)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_deny_or_a_boundary_never_adds_a_way(int seed)
    {
        var estate = new RandomEstate(seed);
        var before = estate.Powerful();
        var place = seed % estate.Count;
        string[] denies = [Plant.Deny("iam:*"), Plant.Deny("lambda:*", "arn:aws:lambda:*:*:function:x"), Plant.Deny("sts:AssumeRole", "*", Plant.Condition("Bool", "aws:MultiFactorAuthPresent", "false")), Plant.Deny("*")];

        AssertNarrower(before, estate.Powerful(statements: (at, own) => at == place ? [.. own, denies[seed % denies.Length]] : own));
        AssertNarrower(before, estate.Powerful(boundary: at => at == place ? Plant.Allow("iam:*") : null));
        AssertNarrower(before, estate.Powerful(boundary: at => at == place ? Plant.Allow("sts:AssumeRole") : null));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Order_splitting_and_case_change_nothing(int seed)
    {
        var estate = new RandomEstate(seed);
        var before = estate.Powerful();

        Assert.Equal(before, estate.Powerful(order: places => places.Reverse()));
        Assert.Equal(before, estate.Powerful(statements: (_, own) => own.AsEnumerable().Reverse()));
        Assert.Equal(before, estate.Powerful(statements: (_, own) => own.SelectMany(Split)));
        Assert.Equal(before, estate.Powerful(statements: (_, own) => own.Select(InOtherCase)));
    }

    [Fact]
    public void Random_estates_hold_ways_and_those_without() => Assert.InRange(
        Enumerable.Range(0, Runs).Select(seed => new RandomEstate(seed)).Average(estate => estate.Powerful().Count / (double)estate.Count), 0.15, 0.85);

    // Who was certain may be possible afterwards, and who was possible may not be certain.
    private static void AssertNarrower(IReadOnlyCollection<string> before, IReadOnlyCollection<string> after) =>
        Assert.All(after, who => Assert.True(before.Contains(who) || before.Contains(who.Replace("possible", "certain")), $"{who} came in; before: {string.Join(", ", before)}"));

    // One statement with an action more, and the same in two.
    private static IEnumerable<string> Split(string statement)
    {
        var (one, other) = ((JsonObject)JsonNode.Parse(statement)!, (JsonObject)JsonNode.Parse(statement)!);
        one["Action"] = new JsonArray("ec2:DescribeRegions", one["Action"]!.DeepClone());
        other["Action"] = "ec2:DescribeRegions";
        return [one.ToJsonString(), other.ToJsonString()];
    }

    private static string InOtherCase(string statement)
    {
        var changed = (JsonObject)JsonNode.Parse(statement)!;
        changed["Action"] = changed["Action"]!.GetValue<string>().ToUpperInvariant();
        return changed.ToJsonString().Replace("aws:MultiFactorAuthPresent", "AWS:multifactorauthPRESENT").Replace("iam:PassedToService", "IAM:passedtoservice");
    }
}
