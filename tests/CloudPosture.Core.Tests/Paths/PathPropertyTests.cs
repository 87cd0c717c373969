using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Tests.Escalation;

namespace CloudPosture.Tests.Paths;

/// <summary>What must hold of any estate: taking something away, or narrowing it, never adds a path; and each path is made of steps that meet.</summary>
public sealed class PathPropertyTests
{
    private static readonly string[] Grants =
    [
        Plant.Allow("s3:GetObject"), Plant.Allow("s3:*", "arn:aws:s3:::vault/*"), Plant.Allow("secretsmanager:GetSecretValue"), Plant.Allow("iam:PassRole"), Plant.Allow("lambda:*"),
        Plant.Allow("sts:AssumeRole"), Plant.Allow("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/app"), Plant.Allow("sts:AssumeRole", "*", Plant.Condition("Bool", "aws:MultiFactorAuthPresent", "true")),
        Plant.Deny("s3:GetObject", "arn:aws:s3:::other/*"), Plant.Deny("sts:AssumeRole", "arn:aws:iam::111122223333:role/middle"), Plant.Allow("kms:Decrypt"),
    ];

    private static readonly string[] Denies = [Plant.Deny("s3:*"), Plant.Deny("iam:*"), Plant.Deny("sts:AssumeRole"), Plant.Deny("*"), Plant.Deny("lambda:CreateFunction", "*", Plant.Condition("StringEquals", "aws:RequestedRegion", "eu-central-1"))];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Taking_away_or_narrowing_never_adds_a_path(int seed)
    {
        var before = Found(Random(seed));
        foreach (var change in Changes(seed))
        {
            var estate = Random(seed);
            change(estate);
            var added = Found(estate).Where(path => !before.Contains(path) && !before.Contains(path.Replace(" possible", " certain")));

            Assert.True(!added.Any(), $"came in: {string.Join(", ", added)}; before: {string.Join(", ", before)}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Steps_meet_and_the_cut_is_one_of_them(int seed)
    {
        var estate = Random(seed);
        foreach (var path in estate.ToAdmin().Concat(estate.ToData()))
        {
            Assert.All(path.Steps.Zip(path.Steps.Skip(1)), pair => Assert.Equal(pair.First.ToArn, pair.Second.FromArn));
            Assert.Equal(path.Steps[path.CutStep - 1].Cut, path.Cut);
            Assert.Equal(path.Conditions.Length == 0, path.IsCertain);
            Assert.Equal(path.GoalArn, path.Steps[^1].ToArn);
        }
    }

    [Fact]
    public void Random_estates_hold_paths_and_some_hold_none() =>
        Assert.InRange(Enumerable.Range(0, 40).Count(seed => Found(Random(seed)).Count > 0), 10, 38);

    private static HashSet<string> Found(Estate estate) =>
        [.. estate.ToAdmin().Select(path => (Path: path, Goal: "administrator")).Concat(estate.ToData().Select(path => (Path: path, Goal: path.GoalArn))).Select(found => $"{(found.Goal == "administrator" ? found.Path.ResourceArn : "")} to {found.Goal} {(found.Path.IsCertain ? "certain" : "possible")}")];

    private static Estate Random(int seed)
    {
        var random = new Random(seed);
        var estate = new Estate { Strong = random.Next(2) == 0 ? Plant.Allow("*") : Plant.Allow("secretsmanager:*") };
        estate.Grants.Clear();
        estate.Grants.AddRange(Grants.OrderBy(_ => random.Next()).Take(random.Next(1, 5)));
        if (random.Next(4) == 0)
        {
            estate.Town["sg-1"]["IpPermissions"]![0]!["IpRanges"] = JsonNode.Parse("""[{"CidrIp":"198.51.100.0/24"}]""");
        }

        var middle = Grants.OrderBy(_ => random.Next()).Take(3).ToList();
        estate.More.Add(plant => plant.Role("middle", middle, [Plant.TrustOf("AWS", plant.Root)]));
        estate.Put("AWS::S3::Bucket", "vault", Estate.Bucket);
        estate.Put("AWS::S3::Bucket", "other", "arn:aws:s3:::other", random.Next(2) == 0 ? "{}" : """{"Policy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/app"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::other/*"}]} }""");
        estate.Put("AWS::SecretsManager::Secret", "s", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:s");
        return estate;
    }

    private static IEnumerable<Action<Estate>> Changes(int seed)
    {
        yield return estate => estate.Grants.RemoveAll(grant => grant.Contains("Allow") && grant == estate.Grants.First(allow => allow.Contains("Allow") || estate.Grants.TrueForAll(deny => deny.Contains("Deny"))));
        yield return estate => estate.Grants.Add(Denies[seed % Denies.Length]);
        yield return estate => estate.Boundary = Plant.Allow(seed % 2 == 0 ? "s3:*" : "sts:AssumeRole");
        yield return estate => estate.Town.Routes.RemoveAt(seed % 2 == 0 ? 1 : 2);
        yield return estate => estate.Town.AclEntries.Insert(0, JsonNode.Parse("""{"Egress":false,"RuleNumber":1,"Protocol":"-1","RuleAction":"deny","CidrBlock":"0.0.0.0/0"}"""));
        yield return estate => estate.Town["i-1"].AsObject().Remove("IamInstanceProfile");
        yield return estate => estate.Town["eu-central-1"]["VpcBlockPublicAccess"]!["InternetGatewayBlockMode"] = "block-ingress";
    }
}
