using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using CloudPosture.Assessment.Derived.Policies;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Benchmarks;

/// <summary>Asks how far policies of hard shapes reach, and prints the median of each in milliseconds.</summary>
internal static class PolicyMeasurement
{
    private static readonly Owner Us = new("111122223333") { OrganizationId = "o-own", IsOrganizationKnown = true };
    private static readonly PolicyTarget Bucket = PolicyTarget.Of("arn:aws:s3:::b");

    public static void Run(int runs)
    {
        foreach (var (name, json) in Shapes())
        {
            var policy = PolicyDocument.Parse(json)!;
            Print($"{name}, exposure", runs, () => ResourcePolicy.ExposureOf(policy, Us, Bucket) is var exposure && exposure.IsUndecided ? "undecided" : exposure.Reach.ToString());
            Print($"{name}, TLS", runs, () => TransportPolicy.DeniesInsecure(policy, Us, Bucket)?.ToString() ?? "undecided");
        }

        var identity = PolicyDocument.Parse(Document([
            """{"Effect":"Allow","Action":"*","Resource":"*"}""",
            .. Many(60, i => $$$"""{"Effect":"Deny","NotAction":["iam:*{{{i}}}*","kms:D*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/t{{{i}}}":"x"},"Bool":{"aws:MultiFactorAuthPresent":"false"} } }""")]))!;
        foreach (var (name, deny) in new[]
        {
            ("", ""),
            (" but one action", """,{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}"""),
            (" in one Region", """,{"Effect":"Deny","NotAction":["iam:*","sts:*","support:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-central-1"} } }"""),
        })
        {
            var administrator = PolicyDocument.Parse(Document(["""{"Effect":"Allow","Action":"*","Resource":"*"}""" + deny]))!;
            Print($"administrator{name}, services allowed whole", runs, () => new ServiceWildcards(administrator, new IdentityGrants(administrator.Statements, Us)).Find() is [var first, ..] ? first : "none");
        }

        Print("identity with 60 Denies, all actions of IAM", runs, () => new IdentityGrants(identity.Statements, Us) is var grants && grants.OnEverything(KnownActions.Of("iam")).Count is var count && grants.IsUndecided ? "undecided" : $"{count} actions");
    }

    private static IEnumerable<(string Name, string Json)> Shapes()
    {
        foreach (var (count, denies) in new[] { (30, 5), (100, 20), (250, 60) })
        {
            yield return ($"{count} principals, actions and resources, {denies} Denies", Document([
                $$$"""{"Effect":"Allow","Principal":{"AWS":[{{{Listed(count, i => $"{i:D12}")}}}]},"Action":[{{{Listed(count, i => $"s3:Get{i}*")}}}],"Resource":[{{{Listed(count, i => $"arn:aws:s3:::b/{i}/*")}}}]}""",
                .. Many(denies, i => $$$"""{"Effect":"Deny","Principal":{"AWS":"{{{i:D12}}}"},"Action":"s3:*{{{i}}}*","Resource":"arn:aws:s3:::b/*{{{i}}}/*"}""")]));
        }

        yield return ("250 principals, 60 Denies of everyone", Document([
            $$$"""{"Effect":"Allow","Principal":{"AWS":[{{{Listed(250, i => $"{i:D12}")}}}]},"Action":"s3:*","Resource":"*"}""",
            .. Many(60, i => $$$"""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"{{{i:D12}}}"},"StringNotEquals":{"aws:PrincipalTag/t":"v{{{i}}}"} } }""")]));
        yield return ("250 principals, each denied", Document([
            $$$"""{"Effect":"Allow","Principal":{"AWS":[{{{Listed(250, i => $"{i:D12}")}}}]},"Action":"s3:*","Resource":"*"}""",
            .. Many(250, i => $$$"""{"Effect":"Deny","Principal":{"AWS":"{{{i:D12}}}"},"Action":"*","Resource":"*"}""")]));
        yield return ("everyone, 60 Denies with exceptions of resources and principals", Document([
            """{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}""",
            .. Many(60, i => $$$"""{"Effect":"Deny","NotPrincipal":{"AWS":"{{{i:D12}}}"},"Action":"s3:*","NotResource":"arn:aws:s3:::b/*{{{i}}}*","Condition":{"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::{{{i:D12}}}:role/*"} } }""")]));
    }

    private static string Document(string[] statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", statements)}}]}""";

    private static IEnumerable<string> Many(int count, Func<int, string> each) => Enumerable.Range(0, count).Select(each);

    private static string Listed(int count, Func<int, string> each) => string.Join(",", Many(count, i => $"\"{each(i)}\""));

    private static void Print(string name, int runs, Func<string> ask)
    {
        var (answer, times) = ("", new List<double>());
        for (var i = 0; i <= runs; i++)
        {
            var watch = Stopwatch.StartNew();
            answer = ask();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        // The first pays for the compiler.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {answer}, {times.Skip(1).Order().ElementAt(runs / 2):N1} ms"));
    }
}
