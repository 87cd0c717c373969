using System;
using System.Linq;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.Tests.Onboarding.Policies;

public sealed class PolicyLinterTests
{
    private static readonly PolicyLinter Linter = new(Shipped.Content.Catalog);

    [Fact]
    public void InTheInsightVmPolicyItFindsExactlyTheFiveActionsThatReturnCustomerData()
    {
        var issues = Linter.Check(InsightVmPolicy.Document);
        Assert.Equal(InsightVmPolicy.CustomerData, issues.Where(issue => issue.Kind == PolicyIssueKind.CustomerData).Select(issue => issue.Action!).Order());
        Assert.Equal(18, issues.Count(issue => issue.Kind == PolicyIssueKind.GrantedBySecurityAudit));
        Assert.DoesNotContain(issues, issue => issue.Kind is PolicyIssueKind.Write or PolicyIssueKind.UnknownAction or PolicyIssueKind.TooWide);
    }

    [Theory]
    [InlineData("s3:GetBucketAkl", PolicyIssueKind.UnknownAction)]
    [InlineData("nonsense", PolicyIssueKind.UnknownAction)]
    [InlineData("S3:putbucketpolicy", PolicyIssueKind.Write)]
    [InlineData("securityhub:BatchImportFindings", PolicyIssueKind.Write)]
    [InlineData("logs:FilterLogEvents", PolicyIssueKind.CustomerData)]
    [InlineData("*", PolicyIssueKind.TooWide)]
    [InlineData("s3:Get*", PolicyIssueKind.TooWide)]
    [InlineData("kms:List*", PolicyIssueKind.GrantedBySecurityAudit)]
    [InlineData("groundstation:List*", PolicyIssueKind.Unused)]
    public void EachFaultIsNamed(string action, PolicyIssueKind kind)
    {
        var issue = Assert.Single(Linter.Check($$"""{"Statement": {"Sid": "One", "Effect": "Allow", "Action": "{{action}}", "Resource": "*"} }"""));
        Assert.Equal((kind, action, "One"), (issue.Kind, issue.Action, issue.Statement));
    }

    [Fact]
    public void AWideWildcardTellsWhatItReaches()
    {
        var issue = Assert.Single(Linter.Check("""{"Statement":[{"Effect":"Allow","Action":["lambda:GetFunc*"],"Resource":"*"}]}"""));
        Assert.Equal(["lambda:GetFunction"], issue.Reaches);
        Assert.Equal("1", issue.Statement);
    }

    [Fact]
    public void NotActionReachesEverythingButWhatItLists()
    {
        var issue = Assert.Single(Linter.Check("""{"Statement":[{"Effect":"Allow","NotAction":["iam:*","S3:getobject"],"Resource":"*"}]}"""));
        Assert.Equal((PolicyIssueKind.TooWide, "NotAction"), (issue.Kind, issue.Action));
        Assert.Contains("ec2:RunInstances", issue.Reaches);
        Assert.Contains("s3:GetObjectVersion", issue.Reaches);
        Assert.DoesNotContain(issue.Reaches, action => action.StartsWith("iam:", StringComparison.Ordinal));
        Assert.DoesNotContain("s3:GetObject", issue.Reaches);
        Assert.DoesNotContain("ec2:DescribeVpcs", issue.Reaches);
    }

    [Fact]
    public void WhatNotActionNamesInVainIsTold() =>
        Assert.Equal([PolicyIssueKind.UnknownAction, PolicyIssueKind.TooWide], Linter.Check("""{"Statement":[{"Effect":"Allow","NotAction":"iam:Passrolle","Resource":"*"}]}""").Select(issue => issue.Kind));

    [Fact]
    public void DenyIsNotTooWide() =>
        Assert.Empty(Linter.Check("""{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"""));

    [Fact]
    public void WhiteSpaceDoesNotCountAgainstTheLimitAndTheRestDoes()
    {
        var policy = """{"Statement":[{"Effect":"Deny","Action":"PLACE","Resource":"*"}]}""";
        var room = PolicyText.ManagedPolicyLimit - PolicyText.Measure(policy) + "PLACE".Length;
        Assert.Empty(Linter.Check(policy.Replace("PLACE", new string('x', room)) + "   \n"));
        Assert.Equal(PolicyIssueKind.TooLong, Assert.Single(Linter.Check(policy.Replace("PLACE", new string('x', room + 1)))).Kind);
    }

    [Theory]
    [InlineData("""{"Version":"2012-10-17"}""", "no 'Statement'")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]}""", "empty")]
    [InlineData("""{"Version":"2012-10-17","Statement":"Allow"}""", "neither a statement nor a list")]
    [InlineData("""{"Version":"2012-10-17","Statement":["Allow"]}""", "where a statement was expected")]
    [InlineData("""{"Version":"2012-10-18","Statement":{"Effect":"Deny","Action":"a:b","Resource":"*"}}""", "2012-10-17")]
    [InlineData("""{"Statement":{"Effect":"allow","Action":"ec2:DescribeRegions","Resource":"*"}}""", "\"Allow\" nor \"Deny\"")]
    [InlineData("""{"Statement":{"Action":"ec2:DescribeRegions","Resource":"*"}}""", "no 'Effect'")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"*","sid":"a"}}""", "'Sid'")]
    [InlineData("""{"Statement":{"Effect":"Deny","Action":"a:b","Resource":"*"},"Statements":[]}""", "'Statements'")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"*","Principal":"*"}}""", "'Principal'")]
    [InlineData("""{"Statement":{"Effect":"Allow","Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"*"}}""", "twice")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"ec2:DescribeRegions"}}""", "neither 'Resource'")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"bucket"}}""", "'bucket'")]
    [InlineData("""{"Statement":{"Effect":"Allow","Resource":"*"}}""", "neither 'Action'")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":[],"Resource":"*"}}""", "'Action' is empty")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":[1],"Resource":"*"}}""", "text was expected")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"a:b","NotAction":"a:b","Resource":"*"}}""", "both")]
    [InlineData("""{"Statement":{"Sid":"not this","Effect":"Deny","Action":"a:b","Resource":"*"}}""", "letters and digits")]
    [InlineData("""{"Statement":[{"Sid":"a","Effect":"Deny","Action":"a:b","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"a:b","Resource":"*"}]}""", "Sid 'a'")]
    [InlineData("""{"Statement":{"Effect":"Deny","Action":"a:b","Resource":"*","Condition":{"Bool":true}}}""", "'Condition'")]
    public void WhatIamRefusesIsMalformed(string json, string reason)
    {
        var issue = Assert.Single(Linter.Check(json));
        Assert.Equal(PolicyIssueKind.Malformed, issue.Kind);
        Assert.Contains(reason, issue.Message);
    }

    [Fact]
    public void KeysInLowerCaseAreEachNamed()
    {
        var issues = Linter.Check("""{"version":"2012-10-17","statement":[]}""");
        Assert.All(issues, issue => Assert.Equal(PolicyIssueKind.Malformed, issue.Kind));
        Assert.Contains(issues, issue => issue.Message.Contains("'Version'", StringComparison.Ordinal));
        Assert.Contains(issues, issue => issue.Message.Contains("'statement', which IAM writes 'Statement'", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsWrongWithOneStatementLeavesTheOthersChecked() =>
        Assert.Equal(
            [(PolicyIssueKind.Malformed, "1"), (PolicyIssueKind.TooWide, "2")],
            Linter.Check("""{"Statement":[{"Action":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]}""").Select(issue => (issue.Kind, issue.Statement!)).Distinct());

    [Fact]
    public void APolicyOfAwsItselfIsNotMeasured() =>
        Assert.Empty(Linter.Check($$"""{"Statement":{"Effect":"Deny","Action":"{{new string('x', 9000)}}","Resource":"*"} }""", limit: null));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"*\"")]
    public void WhatIsNoPolicyIsRefused(string json) =>
        Assert.Contains("'Statement'", Assert.Throws<FormatException>(() => Linter.Check(json)).Message);

    [Fact]
    public void EveryActionKnownToReturnCustomerDataExistsAndReads() =>
        Assert.All(CustomerData.All, pattern => Assert.Contains(IamActions.Matching(pattern), action => action.CustomerData is not null));

    [Fact]
    public void SecurityAuditIsTheVersionThatIsNamed()
    {
        Assert.Equal("v92 2026-08-17", SecurityAuditPolicy.Version);
        Assert.InRange(IamActions.Matching("*").Count(action => SecurityAuditPolicy.Grants(action.Name)), 2876, 2999);
        Assert.True(SecurityAuditPolicy.Grants("S3:getbucketacl"));
        Assert.False(SecurityAuditPolicy.Grants("s3:GetObject"));
    }
}
