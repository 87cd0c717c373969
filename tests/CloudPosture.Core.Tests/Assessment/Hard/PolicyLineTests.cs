using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment.Hard;

/// <summary>Policies where it hurts, with the answer that AWS documents for each: every question, asked as a rule asks it.</summary>
public sealed class PolicyLineTests
{
    private const string Organization = "o-ownownown1";

    private static readonly Dictionary<string, string> Arns = new()
    {
        ["bucket"] = "arn:aws:s3:::b",
        ["queue"] = "arn:aws:sqs:eu-central-1:111122223333:q",
        ["topic"] = "arn:aws:sns:eu-central-1:111122223333:t",
        ["key"] = "arn:aws:kms:eu-central-1:111122223333:key/1",
        ["function"] = "arn:aws:lambda:eu-central-1:111122223333:function:f",
        ["repository"] = "arn:aws:ecr:eu-central-1:111122223333:repository/r",
        ["domain"] = "arn:aws:es:eu-central-1:111122223333:domain/d",
        ["secret"] = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:s-AbCdEf",
        ["api"] = "arn:aws:apigateway:eu-central-1::/restapis/abc",
        ["vault"] = "arn:aws:backup:eu-central-1:111122223333:backup-vault:v",
        ["catalog"] = "arn:aws:glue:eu-central-1:111122223333:catalog",
        ["bus"] = "arn:aws:events:eu-central-1:111122223333:event-bus/b",
        ["identity"] = "arn:aws:ses:eu-central-1:111122223333:identity/example.com",
        ["role"] = "arn:aws:iam::111122223333:role/r",
        ["identity-policy"] = "arn:aws:iam::111122223333:policy/p",
    };

    private static readonly Dictionary<string, string> Rules = new()
    {
        ["public"] = "{derived: policyIsPublic, with: {field: Policy}, equals: false}",
        ["deputy"] = "{derived: policyIsPublic, with: {field: Policy, throughServices: true}, equals: false}",
        ["others"] = "{derived: policyGrantsCrossAccount, with: {field: Policy}, equals: false}",
        ["tls"] = "{derived: policyDeniesInsecureTransport, with: {field: Policy}, equals: false}",
        ["admin"] = "{derived: policyIsFullAdmin, with: {field: Policy}, equals: false}",
        ["trust"] = "{derived: trustIsPublic, equals: false}",
        ["external"] = "{derived: trustLacksExternalId, equals: false}",
    };

    public static TheoryData<string> Lines =>
        [.. File.ReadLines(Path.Combine(RepositoryRoot.Path, "tests/CloudPosture.Core.Tests/Assessment/Hard/policies.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_policy_is_judged_as_documented(string line)
    {
        var policy = PolicyLine.Parse(line);
        var field = policy.Target == "role" ? "AssumeRolePolicyDocument" : "Policy";
        var resource = Given.Resource("AWS::IAM::Role", "r", Arns[policy.Target], $$"""{"{{field}}":{{policy.Document}}}""");
        var organization = Given.Resource("AWS::Organizations::Organization", Organization, "arn:org", $$"""{"Id":"{{Organization}}"}""");

        var finding = Assessor.Assess(Given.Account(resource, organization), Given.Rule("AWS::IAM::Role", Rules[policy.Question])).Single(found => found.ResourceArn == resource.Arn);

        Assert.True(finding.Status == (policy.Answer ? FindingStatus.Fail : FindingStatus.Pass), $"{finding.Status} {line}");
    }
}
