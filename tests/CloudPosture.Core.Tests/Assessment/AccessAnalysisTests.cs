using System;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Access;
using CloudPosture.Posture.Access;
using CloudPosture.Tests.Escalation;

namespace CloudPosture.Tests.Assessment;

/// <summary>Who may do what, by all policies together.</summary>
public sealed class AccessAnalysisTests
{
    private const string Bucket = "arn:aws:s3:::b";
    private const string Object = "arn:aws:s3:::b/k";

    [Fact]
    public void Who_may_read_is_found_in_identities_and_in_the_policy_of_the_bucket()
    {
        var plant = new Plant();
        plant.User("ann", [Plant.Allow("s3:Get*")]);
        plant.User("bob", [Plant.Allow("s3:Get*"), Plant.Deny("s3:GetObject", "arn:aws:s3:::b/*")]);
        plant.User("cid", [Plant.Allow("s3:Get*", "*", Plant.Condition("IpAddress", "aws:SourceIp", "10.0.0.0/8"))]);
        plant.User("dan", [Plant.Allow("*")], boundary: plant.Policy("narrow", [Plant.Allow("ec2:*")]));
        var eve = plant.User("eve", [Plant.Allow("ec2:*")]);
        plant.Add("AWS::S3::Bucket", "b", Bucket, new JsonObject
        {
            ["Policy"] = Plant.Document(
                OfBucket($$"""{"AWS":"{{eve}}"}"""), OfBucket("""{"AWS":"777788889999"}"""), OfBucket("""{"Service":"cloudtrail.amazonaws.com"}""", Plant.Condition("StringEquals", "aws:SourceAccount", "111122223333"))),
        });
        var answers = Analysis(plant).WhoMay("s3:getobject", Object).ToList();

        Assert.Equal(["user ann True", "user cid False", "user eve True", "account 777788889999 True", "cloudtrail.amazonaws.com False"], answers.Select(answer => $"{answer.Who.Label} {answer.IsCertain}"));
        Assert.Equal("s3:GetObject", answers[0].Action);
        Assert.Equal(["inline policy own: statement 1"], answers[0].DecidedBy);
        Assert.Equal(["aws:sourceip"], answers[1].HangsOn);
        Assert.Equal(["policy of arn:aws:s3:::b: statement 1"], answers[2].DecidedBy);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Everyone_gets_in_unless_the_public_is_kept_out(bool isRestricted, bool expected)
    {
        var plant = new Plant();
        plant.Add("AWS::S3::Bucket", "b", Bucket, new JsonObject { ["Policy"] = Plant.Document(OfBucket("\"*\"")), ["PublicAccessBlock"] = new JsonObject { ["RestrictPublicBuckets"] = isRestricted } });

        Assert.Equal(expected, Analysis(plant).WhoMay("s3:GetObject", Object).Any(answer => answer.Who.Kind == IdentityKind.Everyone));
    }

    // A vault has two policies, and both bear on a request.
    [Theory]
    [InlineData("Deny", false, "")]
    [InlineData("Allow", true, "policy of arn:aws:glacier:eu-central-1:111122223333:vaults/v: statement Keep")]
    public void The_lock_of_a_vault_is_a_policy_as_its_access_policy_is(string effect, bool isAllowed, string decidedBy)
    {
        const string Vault = "arn:aws:glacier:eu-central-1:111122223333:vaults/v";
        string Statement(string sid, string effect, string action) => $$"""{"Sid":"{{sid}}","Effect":"{{effect}}","Principal":{"AWS":"777788889999"},"Action":"glacier:{{action}}","Resource":"{{Vault}}"}""";
        var plant = new Plant();
        plant.Add("AWS::Glacier::Vault", "v", Vault, new JsonObject
        {
            ["Policy"] = effect == "Deny" ? Plant.Document(Statement("Open", "Allow", "*")) : null,
            ["LockPolicy"] = Plant.Document(Statement("Keep", effect, "DeleteArchive")),
        });
        var answers = Analysis(plant).WhoMay("glacier:DeleteArchive", Vault).ToList();

        Assert.Equal(isAllowed, answers.Count > 0);
        Assert.Equal(decidedBy, string.Concat(answers.SelectMany(answer => answer.DecidedBy).Where(reason => reason.Contains(Vault, StringComparison.Ordinal))));
        Assert.Equal(effect == "Deny", Analysis(plant).WhoMay("glacier:GetJobOutput", Vault).Any());
    }

    [Fact]
    public void A_bucket_that_was_not_harvested_leaves_answers_open()
    {
        var plant = new Plant();
        plant.User("ann", [Plant.Allow("s3:*")]);

        Assert.False(Assert.Single(Analysis(plant).WhoMay("s3:GetObject", Object)).IsCertain);
    }

    [Fact]
    public void What_a_role_may_do_is_told_by_action_and_resource()
    {
        var plant = new Plant();
        var role = plant.Role("app", [Plant.Allow("s3:GetObject", "arn:aws:s3:::b/*"), Plant.Allow("sqs:SendMessag?"), Plant.Deny("sqs:SendMessage")], [Plant.TrustOf("Service", "ec2.amazonaws.com")]);
        plant.Add("AWS::SNS::Topic", "t", "arn:aws:sns:eu-central-1:111122223333:t", new JsonObject
        {
            ["Attributes"] = new JsonObject { ["Policy"] = Plant.Document($$"""{"Sid":"In","Effect":"Allow","Principal":{"AWS":"{{role}}"},"Action":"sns:Publish","Resource":"*"}""") },
        });
        var answers = Analysis(plant).WhatMay(role)!.Select(answer => $"{answer.Action} {answer.Resource}");

        Assert.Equal(["s3:GetObject arn:aws:s3:::b/*", "sns:Publish arn:aws:sns:eu-central-1:111122223333:t"], answers);
        Assert.Single(Analysis(plant).WhatMay(role, action => action.StartsWith("sns:"))!);
        Assert.Null(Analysis(plant).WhatMay(role + "x"));
    }

    [Fact]
    public void Who_may_assume_a_role_is_asked_of_its_trust_policy()
    {
        var plant = new Plant();
        plant.User("ann", [Plant.Allow("sts:AssumeRole")]);
        plant.User("bob", [Plant.Allow("s3:*")]);
        var role = plant.Role("app", [], [Plant.TrustOf("AWS", plant.Root), Plant.TrustOf("Service", "ec2.amazonaws.com")]);

        Assert.Equal(["user ann", "ec2.amazonaws.com"], Analysis(plant).WhoMay("sts:AssumeRole", role).Select(answer => answer.Who.Label));
        Assert.DoesNotContain(Analysis(plant).WhoMay("iam:GetRole", role), answer => answer.Who.Kind == IdentityKind.Service);
    }

    private static string OfBucket(string principal, string extra = "") => $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"{{extra}}}""";

    private static AccessAnalysis Analysis(Plant plant) => AccessAnalysis.Of([plant.Snapshot()], Shipped.Content);
}
