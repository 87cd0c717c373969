using System;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment;

public sealed class ConditionTests
{
    private const string Configuration = """
        {
          "Name": "logs", "Count": 3, "Text": "42", "On": true, "Off": false, "Null": null, "Created": "2026-11-10T12:00:00+00:00", "Earlier": "2026-11-10T11:59:59Z", "Later": "2026-11-10T09:00:00-05:00",
          "Status": {"IsLogging": true, "Codes": [{"Id": "a"}, {"Id": "b"}]},
          "Role": "arn:aws:iam::444455556666:role/for-111122223333", "Id": "111122223333",
          "Methods": {"*/*": {"Level": "INFO"}, "~1orders/GET": {"Level": "OFF"}},
          "List": ["x", "y"], "Grants": [{"To": "all", "Rights": [{"R": "READ"}, {"R": "WRITE"}]}, {"To": "me", "Rights": [{"R": "READ"}]}]
        }
        """;

    [Theory]
    [InlineData("{field: Name, equals: logs}", true)]
    [InlineData("{field: Name, equals: Logs}", false)]
    [InlineData("{field: Name, notEquals: logs}", false)]
    [InlineData("{field: Missing, equals: logs}", false)]
    [InlineData("{field: Missing, notEquals: logs}", true)]
    [InlineData("{field: Missing, notIn: [logs]}", true)]
    [InlineData("{field: Missing, notContains: a}", true)]
    [InlineData("{field: Missing, notLike: a}", true)]
    [InlineData("{field: Missing, less: 3}", false)]
    [InlineData("{field: Null, exists: true}", false)]
    [InlineData("{field: Null, exists: false}", true)]
    [InlineData("{field: Off, exists: true}", true)]
    [InlineData("{field: On, equals: true}", true)]
    [InlineData("{field: Off, equals: true}", false)]
    [InlineData("{field: On, equals: 'true'}", false)]
    [InlineData("{field: Text, equals: 42}", true)]
    [InlineData("{field: Text, greater: 41}", true)]
    [InlineData("{field: Count, equals: 3}", true)]
    [InlineData("{field: Count, equals: '3'}", false)]
    [InlineData("{field: Count, in: [1, 3]}", true)]
    [InlineData("{field: Count, greater: 3}", false)]
    [InlineData("{field: Count, greaterOrEquals: 3}", true)]
    [InlineData("{field: Count, lessOrEquals: 2}", false)]
    [InlineData("{field: Name, in: [a, logs]}", true)]
    [InlineData("{field: Name, notIn: [a, logs]}", false)]
    [InlineData("{field: Name, contains: og}", true)]
    [InlineData("{field: List, contains: x}", true)]
    [InlineData("{field: List, contains: z}", false)]
    [InlineData("{field: List, containsAny: [z, y]}", true)]
    [InlineData("{field: Name, like: L?G*}", true)]
    [InlineData("{field: Name, like: [no, l*]}", true)]
    [InlineData("{field: Name, notLike: l*}", false)]
    [InlineData("{field: Name, match: '^l.gs$'}", true)]
    [InlineData("{field: Name, startsWith: lo}", true)]
    [InlineData("{field: Name, endsWith: lo}", false)]
    [InlineData("{field: Role, ofAccount: '444455556666'}", true)]
    [InlineData("{field: Role, ofAccount: ['111122223333', '777788889999']}", false)]
    [InlineData("{field: Role, ofAccount: []}", false)]
    [InlineData("{field: Role, notOfAccount: {outer: Id}}", true)]
    [InlineData("{field: Id, ofAccount: {outer: Id}}", true)]
    [InlineData("{field: Name, notOfAccount: '444455556666'}", true)]
    [InlineData("{field: Missing, ofAccount: '444455556666'}", false)]
    [InlineData("{field: Created, olderThanDays: 9}", true)]
    [InlineData("{field: Created, olderThanDays: 10}", false)]
    [InlineData("{field: Created, newerThanDays: 10}", true)]
    [InlineData("{field: Name, olderThanDays: 1}", false)]
    [InlineData("{field: Created, laterThan: {outer: Earlier}}", true)]
    [InlineData("{field: Created, laterThan: {outer: Later}}", false)]
    [InlineData("{field: Created, laterThan: {outer: Created}}", false)]
    [InlineData("{field: Created, laterThan: {outer: Missing}}", false)]
    [InlineData("{field: Missing, laterThan: {outer: Created}}", false)]
    [InlineData("{field: Name, laterThan: {outer: Created}}", false)]
    [InlineData("{field: Status.IsLogging, equals: true}", true)]
    [InlineData("{field: 'Status.Codes[1].Id', equals: b}", true)]
    [InlineData("{field: 'Status.Codes[2].Id', exists: true}", false)]
    [InlineData("{field: Name.Deeper, exists: true}", false)]
    [InlineData("{field: '@id', equals: b1}", true)]
    [InlineData("{field: '@arn', equals: 'arn:aws:s3:::b1'}", true)]
    [InlineData("{field: '@region', equals: eu-central-1}", true)]
    [InlineData("{field: '@accountId', equals: 111122223333}", true)]
    [InlineData("{field: '@partition', equals: aws}", true)]
    [InlineData("{field: '@tags.Owner', equals: team}", true)]
    [InlineData("{field: '@tags.None', exists: false}", true)]
    [InlineData("{allOf: [{field: Count, equals: 3}, {field: Name, equals: logs}]}", true)]
    [InlineData("{allOf: [{field: Count, equals: 3}, {field: Name, equals: x}]}", false)]
    [InlineData("{anyOf: [{field: Count, equals: 4}, {field: Name, equals: logs}]}", true)]
    [InlineData("{not: {field: Count, equals: 3}}", false)]
    [InlineData("{always: true}", true)]
    [InlineData("{count: {of: 'List[]'}, equals: 2}", true)]
    [InlineData("{count: {of: 'Missing[]'}, equals: 0}", true)]
    [InlineData("{count: {of: 'List[]', where: {field: ., equals: x}}, equals: 1}", true)]
    [InlineData("{count: {of: 'Methods[]'}, equals: 2}", true)]
    [InlineData("{count: {of: 'Methods[]', where: {field: Level, notIn: [ERROR, INFO]}}, equals: 1}", true)]
    [InlineData("{count: {of: 'Grants[].Rights[]', where: {field: R, equals: READ}}, equals: 2}", true)]
    [InlineData("{count: {of: 'Grants[]', where: {count: {of: 'Rights[]'}, greater: 1}}, equals: 1}", true)]
    [InlineData("{count: {of: 'Grants[]', where: {field: To, equals: {outer: Name}}}, equals: 0}", true)]
    [InlineData("{count: {of: 'Grants[].Rights[]', where: {field: R, equals: {outer: 'Grants[].Rights[].R'}}}, equals: 3}", true)]
    [InlineData("{count: {of: 'Grants[]', where: {field: To, equals: {outer: 'Status.Codes[].Id'}}}, equals: 0}", true)]
    [InlineData("{count: {of: 'Grants[]', where: {field: To, notEquals: {outer: 'Status.Codes[].Id'}}}, equals: 2}", true)]
    [InlineData("{count: {of: 'Status.Codes[]', where: {field: Id, notEquals: {outer: 'Status.Codes[].Id'}}}, equals: 0}", true)]
    [InlineData("{count: {of: 'Grants[]', where: {field: To, equals: {outer: 'Missing[].Id'}}}, equals: 0}", true)]
    [InlineData("{count: {of: 'Grants[]', where: {field: To, notEquals: {outer: 'Missing[].Id'}}}, equals: 2}", true)]
    public void A_condition_says(string condition, bool expected)
    {
        var status = Given.Status(Given.RuleOnBuckets(condition), Given.Bucket("b1", Configuration));

        Assert.Equal(expected ? FindingStatus.Pass : FindingStatus.Fail, status);
    }

    [Theory]
    [InlineData("{field: Policy.Statement, exists: true}", FindingStatus.NotAssessed)]
    [InlineData("{field: Policy, exists: false}", FindingStatus.NotAssessed)]
    [InlineData("{not: {field: Policy, exists: false}}", FindingStatus.NotAssessed)]
    [InlineData("{allOf: [{field: Policy, exists: true}, {field: Name, equals: other}]}", FindingStatus.Fail)]
    [InlineData("{allOf: [{field: Policy, exists: true}, {field: Name, equals: logs}]}", FindingStatus.NotAssessed)]
    [InlineData("{anyOf: [{field: Policy, exists: true}, {field: Name, equals: logs}]}", FindingStatus.Pass)]
    [InlineData("{anyOf: [{field: Policy, exists: true}, {field: Name, equals: other}]}", FindingStatus.NotAssessed)]
    [InlineData("{count: {of: 'Policy.Statement[]'}, greaterOrEquals: 0}", FindingStatus.Pass)]
    [InlineData("{count: {of: 'Policy.Statement[]'}, equals: 0}", FindingStatus.NotAssessed)]
    [InlineData("{derived: policyIsPublic, with: {field: Policy}, equals: false}", FindingStatus.NotAssessed)]
    [InlineData("{field: PolicyStatus.IsPublic, exists: true}", FindingStatus.Fail)]
    public void What_could_not_be_read_decides_nothing_but_hides_nothing_either(string condition, FindingStatus expected)
    {
        var bucket = Given.Bucket("b1", Configuration, Given.Gap("AWS::S3::Bucket", "Policy"));

        var finding = Given.Finding(Given.RuleOnBuckets(condition), bucket);

        Assert.Equal(expected, finding.Status);
        Assert.True(expected != FindingStatus.NotAssessed || finding.Evidence.Contains("s3:GetBucketPolicy answered AccessDenied"), finding.Evidence);
    }

    [Theory]
    [InlineData("{field: Version, versionAtLeast: '1.4'}", FindingStatus.NotAssessed)]
    [InlineData("{field: Version, notEquals: '1.3'}", FindingStatus.NotAssessed)]
    [InlineData("{count: {of: 'Zones[]'}, greater: 1}", FindingStatus.NotAssessed)]
    [InlineData("{count: {of: 'Zones[]', where: {field: ., equals: a}}, equals: 0}", FindingStatus.NotAssessed)]
    [InlineData("{count: {of: AWS::S3::Bucket, where: {field: Name, equals: {outer: Version}}}, equals: 0}", FindingStatus.NotAssessed)]
    [InlineData("{derived: daysUntil, with: {field: Version}, greater: 1}", FindingStatus.NotAssessed)]
    [InlineData("{field: Name, equals: logs}", FindingStatus.Pass)]
    public void What_AWS_always_answers_where_a_rule_applies_is_not_judged_by_its_absence(string condition, FindingStatus expected)
    {
        var rules = Given.Rule("AWS::S3::Bucket", condition, "always: [Version, Zones]");

        var finding = Given.Finding(rules, Given.Bucket("b1", Configuration));

        Assert.Equal(expected, finding.Status);
        Assert.True(expected != FindingStatus.NotAssessed || condition.Contains("outer") || finding.Evidence.Contains("AWS always answers", StringComparison.Ordinal), finding.Evidence);
    }

    [Fact]
    public void What_AWS_always_answers_of_a_type_is_missed_in_a_count_as_well()
    {
        var rules = Given.Rule("AWS::AutoScaling::AutoScalingGroup", "{count: {of: 'AvailabilityZones[]'}, greater: 1}");
        var group = Given.Resource("AWS::AutoScaling::AutoScalingGroup", "web", "arn:aws:autoscaling:eu-central-1:111122223333:autoScalingGroup:1:autoScalingGroupName/web");

        Assert.Equal(FindingStatus.NotAssessed, Given.Status(rules, group));
    }

    [Fact]
    public void A_condition_that_cannot_tell_whether_the_rule_applies_is_not_assessed()
    {
        var rules = Given.Rule("AWS::S3::Bucket", "{always: true}", "when: {field: Policy, exists: true}");

        Assert.Equal(FindingStatus.NotAssessed, Given.Status(rules, Given.Bucket("b1", "{}", Given.Gap("AWS::S3::Bucket", "Policy"))));
        Assert.Empty(Assessor.Assess(Given.Account(Given.Bucket("b1")), rules));
        Assert.Equal(FindingStatus.Pass, Given.Status(rules, Given.Bucket("b1", """{"Policy": {}}""")));
    }

    [Fact]
    public void Resources_of_a_type_are_counted_in_the_account_or_the_region()
    {
        var rules = Given.Rule("AWS::S3::Bucket", "{count: {of: AWS::EC2::VPC, where: {field: IsDefault, equals: true}}, equals: 2}");
        var inRegion = Given.Rule("AWS::S3::Bucket", "{count: {of: AWS::EC2::VPC, sameRegion: true}, equals: 1}");
        var vpcs = new[] { Given.Region, "us-east-1", "us-east-1" }.Select((region, i) =>
            Given.Resource("AWS::EC2::VPC", $"vpc-{i}", $"arn:{i}", i < 2 ? """{"IsDefault": true}""" : """{"IsDefault": false}""", region));

        Assert.Equal(FindingStatus.Pass, Given.Status(rules, [Given.Bucket("b"), .. vpcs]));
        Assert.Equal(FindingStatus.Pass, Given.Status(inRegion, [Given.Bucket("b"), .. vpcs]));
    }

    [Fact]
    public void Counted_resources_compare_with_the_one_under_assessment()
    {
        var rules = Given.Rule("AWS::EC2::VPC", "{count: {of: AWS::EC2::FlowLog, sameRegion: true, where: {allOf: [{field: ResourceId, equals: {outer: VpcId}}, {field: FlowLogStatus, equals: ACTIVE}]}}, greater: 0}");
        var log = Given.Resource("AWS::EC2::FlowLog", "fl-1", "arn:fl-1", """{"ResourceId": "vpc-1", "FlowLogStatus": "ACTIVE"}""");

        var findings = Assessor.Assess(
            Given.Account(log, Given.Resource("AWS::EC2::VPC", "vpc-1", "arn:1", """{"VpcId": "vpc-1"}"""), Given.Resource("AWS::EC2::VPC", "vpc-2", "arn:2", """{"VpcId": "vpc-2"}""")),
            rules).ToDictionary(finding => finding.ResourceId, finding => finding.Status);

        Assert.Equal(FindingStatus.Pass, findings["vpc-1"]);
        Assert.Equal(FindingStatus.Fail, findings["vpc-2"]);
    }

    [Fact]
    public void A_count_by_key_is_the_count_that_looks_at_every_resource() => Prop.ForAll<int>(CountsAlike).QuickCheckThrowOnFailure();

    private static void CountsAlike(int seed)
    {
        // The double negation says the same, but in a way that no key can be made of.
        const string Key = "{field: VpcId, equals: {outer: VpcId}}", Active = "{field: State, equals: active}";
        var random = new Random(seed);
        var region = random.Next(2) == 0 ? "sameRegion: true, " : "";
        var comparison = $"{(random.Next(2) == 0 ? "equals" : "greater")}: {random.Next(3)}";
        var keyed = Given.Rule("AWS::EC2::VPC", $"{{count: {{of: AWS::EC2::Instance, {region}where: {{allOf: [{Key}, {Active}]}}}}, {comparison}}}");
        var joined = Given.Rule("AWS::EC2::VPC", $"{{count: {{of: AWS::EC2::Instance, {region}where: {{allOf: [{Key}, {Active}, {{not: {{field: VpcId, notEquals: {{outer: VpcId}}}}}}]}}}}, {comparison}}}");
        string[] ids = ["\"a\"", "\"b\"", "1", "1.0", "-0.0", "0", "true", "null", "[1]"];
        string[] states = ["\"active\"", "\"gone\"", "null"];
        string[] regions = [Given.Region, "us-east-1"];
        var resources = Enumerable.Range(0, random.Next(12)).Select(i => Given.Resource(
            random.Next(3) == 0 ? "AWS::EC2::VPC" : "AWS::EC2::Instance",
            $"r-{i}",
            $"arn:{i}",
            $$"""{"VpcId": {{ids[random.Next(ids.Length)]}}, "State": {{states[random.Next(states.Length)]}}}""",
            regions[random.Next(2)],
            random.Next(4) == 0 ? [Given.Gap("AWS::EC2::Instance", random.Next(2) == 0 ? "VpcId" : "State")] : null)).ToList();
        var account = Given.Account(resources) with { Gaps = random.Next(4) == 0 ? [Given.Gap("AWS::EC2::Instance", region: "us-east-1")] : [] };

        Assert.Equal(Describe(joined), Describe(keyed));

        string[] Describe(RuleSet rules) => [.. Assessor.Assess(account, rules).Select(finding => $"{finding.ResourceArn} {finding.Status} {finding.Evidence}")];
    }

    [Theory]
    [InlineData("equals: 0", FindingStatus.Fail)]
    [InlineData("equals: 1", FindingStatus.NotAssessed)]
    [InlineData("greater: 0", FindingStatus.Pass)]
    [InlineData("less: 1", FindingStatus.Fail)]
    [InlineData("notEquals: 0", FindingStatus.Pass)]
    [InlineData("greater: 1", FindingStatus.NotAssessed)]
    public void A_list_that_was_read_in_part_gives_a_count_of_at_least_what_was_seen(string comparison, FindingStatus expected)
    {
        var rules = Given.RuleOnBuckets($"{{count: {{of: AWS::EC2::VPC}}, {comparison}}}");
        var account = Given.Account(Given.Bucket("b"), Given.Resource("AWS::EC2::VPC", "vpc-1", "arn:1")) with { Gaps = [Given.Gap("AWS::EC2::VPC", region: "us-east-1")] };

        Assert.Equal(expected, Assert.Single(Assessor.Assess(account, rules)).Status);
    }

    [Fact]
    public void A_type_whose_service_was_not_harvested_is_unknown_not_zero()
    {
        var rules = Given.RuleOnBuckets("{count: {of: AWS::GuardDuty::Detector}, equals: 0}");

        var finding = Given.Finding(rules, Given.Bucket("b"));

        Assert.Equal(FindingStatus.NotAssessed, finding.Status);
        Assert.Contains("guardduty", finding.Evidence);
    }
}
