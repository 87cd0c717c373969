using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

public sealed class AssessorTests
{
    private static readonly RuleSet Versioned = Given.RuleOnBuckets("{field: Versioning.Status, equals: Enabled}");

    [Fact]
    public void A_finding_says_what_was_seen_where()
    {
        var finding = Given.Finding(Versioned, Given.Bucket("b1", """{"Versioning":{"Status":"Suspended"}}"""));

        Assert.Equal(
            new Finding
            {
                FindingId = finding.FindingId,
                RuleId = "Test.Rule",
                Title = "As it should be",
                Status = FindingStatus.Fail,
                Severity = Severity.High,
                Service = "s3",
                ResourceType = "AWS::S3::Bucket",
                ResourceId = "b1",
                ResourceArn = "arn:aws:s3:::b1",
                ResourceName = "b1",
                AccountId = Given.AccountId,
                AccountName = "demo",
                Region = Given.Region,
                Evidence = "Versioning.Status = Suspended",
                FirstSeen = Given.Now,
                LastSeen = Given.Now,
                Connection = "prod",
                HarvestId = "h1",
            },
            finding);
        Assert.Matches("^[0-9a-f]{32}$", finding.FindingId);
    }

    [Fact]
    public void The_id_is_the_same_in_every_harvest_and_its_own_for_every_resource()
    {
        var first = Given.Finding(Versioned, Given.Bucket("b1"));
        var second = Given.Finding(Versioned, Given.Bucket("b1", """{"Versioning":{"Status":"Enabled"}}""") with { HarvestId = "h2", HarvestedAt = Given.Now.AddDays(1) });
        var other = Given.Finding(Versioned, Given.Bucket("b2"));

        Assert.Equal(first.FindingId, second.FindingId);
        Assert.NotEqual(first.FindingId, other.FindingId);
    }

    [Fact]
    public void A_rule_for_the_account_reads_the_one_record_of_its_type()
    {
        var rules = Given.Rule("AWS::IAM::AccountSummary", "{field: SummaryMap.AccountMFAEnabled, equals: 1}", "scope: account");
        var summary = Given.Resource("AWS::IAM::AccountSummary", Given.AccountId, "arn:x", """{"SummaryMap":{"AccountMFAEnabled":1}}""", "global");

        var finding = Given.Finding(rules, summary);

        Assert.Equal((FindingStatus.Pass, "AWS::::Account", Given.AccountId, "global"), (finding.Status, finding.ResourceType, finding.ResourceId, finding.Region));
        Assert.Equal($"arn:aws:iam::{Given.AccountId}:root", finding.ResourceArn);
        Assert.Equal(FindingStatus.Fail, Given.Status(rules));
    }

    [Fact]
    public void A_rule_for_regions_gives_one_finding_for_each_that_was_harvested()
    {
        var rules = Given.Rule("AWS::EC2::RegionSettings", "{field: EbsEncryptionByDefault, equals: true}", "scope: region");
        var settings = Given.Resource("AWS::EC2::RegionSettings", Given.Region, "arn:x", """{"EbsEncryptionByDefault":true}""");
        var account = Given.Account(settings) with { Gaps = [Given.Gap("AWS::EC2::RegionSettings", region: "us-east-1")] };

        var findings = Assessor.Assess(account, rules).ToDictionary(finding => finding.ResourceId, finding => finding.Status);

        Assert.Equal(new Dictionary<string, FindingStatus> { [Given.Region] = FindingStatus.Pass, ["us-east-1"] = FindingStatus.NotAssessed }, findings);
    }

    [Fact]
    public void What_could_not_be_listed_gives_one_finding_a_region()
    {
        var account = Given.Account(Given.Bucket("b1")) with
        {
            Gaps = [Given.Gap("AWS::S3::Bucket", region: "eu-west-1", action: "s3:ListAllMyBuckets"), Given.Gap("AWS::S3::Bucket", region: "eu-west-1"), Given.Gap("AWS::S3::Bucket", region: "us-east-1")],
        };

        var missing = Assessor.Assess(account, Versioned).Where(finding => finding.Status == FindingStatus.NotAssessed).ToArray();

        Assert.Equal(["eu-west-1", "us-east-1"], missing.Select(finding => finding.Region));
        Assert.Equal("AWS::S3::Bucket could not be listed: s3:ListAllMyBuckets answered AccessDenied", missing[0].Evidence);
    }

    [Fact]
    public void A_service_that_was_not_harvested_gives_no_findings()
    {
        var rules = Given.Rules("{id: Macie.Enabled, title: t, severity: Low, service: macie, scope: region, condition: {count: {of: AWS::Macie::Session}, equals: 1}}");

        Assert.Empty(Assessor.Assess(Given.Account(), rules));
    }

    [Fact]
    public void Rules_for_management_accounts_are_silent_elsewhere()
    {
        var rules = Given.Rule("AWS::S3::Bucket", "{always: true}", "managementAccountOnly: true");

        Assert.Empty(Assessor.Assess(Given.Account(Given.Bucket("b")), rules));
        Assert.Single(Assessor.Assess(Given.Account(Given.Bucket("b")) with { IsManagementAccount = true }, rules));
    }

    [Fact]
    public void A_requirement_without_rules_asks_for_a_person_once_an_account()
    {
        var benchmark = BenchmarkReader.Read("b.yaml", new StringReader("""
            id: cis-test
            title: Test
            version: 1.0.0
            manualFindings: true
            requirements:
              - {id: "1.1", title: Automated, level: 1, rules: [Test.Rule]}
              - {id: "1.2", title: By hand, level: 2, manual: Look at the units.}
            """)).Single();

        var finding = Assert.Single(Assessor.Assess(Given.Account(), Versioned, new AssessmentOptions { Benchmarks = [benchmark] }));

        Assert.Equal((FindingStatus.Manual, "cis-test/1.2", "By hand", "Look at the units."), (finding.Status, finding.RuleId, finding.Title, finding.Evidence));
    }

    [Fact]
    public void Hostile_names_cannot_break_out_of_the_evidence()
    {
        var rules = Given.RuleOnBuckets("{field: Name, equals: x}");
        var name = "a\\u001b[31m\\r\\n\\u202e\\u2028" + new string('z', 5000);

        var evidence = Given.Finding(rules, Given.Bucket("b1", $$"""{"Name":"{{name}}"}""")).Evidence;

        Assert.DoesNotContain(evidence, character => char.IsControl(character) || character is '\u202e' or '\u2028');
        Assert.InRange(evidence.Length, 20, 200);
    }

    [Fact]
    public void A_rule_may_name_its_evidence()
    {
        var rules = Given.Rule("AWS::S3::Bucket", "{field: A, equals: 1}", "evidence: [B, '@region']");

        Assert.Equal("B = 2; @region = eu-central-1", Given.Finding(rules, Given.Bucket("b1", """{"A":1,"B":2}""")).Evidence);
    }

    [Fact]
    public void Evidence_shows_the_elements_that_were_counted()
    {
        var rules = Given.RuleOnBuckets("{count: {of: 'Grants[]', where: {field: To, equals: all}}, equals: 0}");

        Assert.Equal("""matching Grants[]: 1; {"To":"all"}""", Given.Finding(rules, Given.Bucket("b1", """{"Grants":[{"To":"me"},{"To":"all"}]}""")).Evidence);
    }

    [Fact]
    public void The_evidence_of_a_count_over_a_map_names_the_key()
    {
        var rules = Given.RuleOnBuckets("{count: {of: 'Methods[]', where: {field: Level, equals: OFF}}, equals: 0}");

        Assert.Equal("""matching Methods[]: 1; ~1orders/GET = {"Level":"OFF"}""", Given.Finding(rules, Given.Bucket("b1", """{"Methods":{"*/*":{"Level":"INFO"},"~1orders/GET":{"Level":"OFF"}}}""")).Evidence);
    }

    [Fact]
    public void Cancelling_ends_the_stream()
    {
        using var cancelled = new CancellationTokenSource();
        var findings = Assessor.Assess(Given.Account(Given.Bucket("b1"), Given.Bucket("b2")), Versioned, cancellationToken: cancelled.Token).GetEnumerator();
        Assert.True(findings.MoveNext());

        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => findings.MoveNext());
    }
}
