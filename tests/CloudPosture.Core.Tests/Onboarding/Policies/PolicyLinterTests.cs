using System;
using System.Linq;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.Tests.Onboarding.Policies;

public sealed class PolicyLinterTests
{
    private static readonly PolicyLinter Linter = new();

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
    [InlineData("wellarchitected:List*", PolicyIssueKind.Unused)]
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
    public void NotActionIsTooWideAndDenyIsNot()
    {
        Assert.Equal(PolicyIssueKind.TooWide, Assert.Single(Linter.Check("""{"Statement":[{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}]}""")).Kind);
        Assert.Empty(Linter.Check("""{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"""));
    }

    [Fact]
    public void WhiteSpaceDoesNotCountAgainstTheLimitAndTheRestDoes()
    {
        var policy = """{"Statement":[{"Effect":"Deny","Action":"PLACE","Resource":"*"}]}""";
        var room = PolicyText.ManagedPolicyLimit - PolicyText.Measure(policy) + "PLACE".Length;
        Assert.Empty(Linter.Check(policy.Replace("PLACE", new string('x', room)) + "   \n"));
        Assert.Equal(PolicyIssueKind.TooLong, Assert.Single(Linter.Check(policy.Replace("PLACE", new string('x', room + 1)))).Kind);
    }

    [Theory]
    [InlineData("[]", "'Statement'")]
    [InlineData("""{"Statement":[{"Effect":"Allow"}]}""", "'Action'")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":[1]}]}""", "text was expected")]
    public void WhatIsNoPolicyIsRefused(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Linter.Check(json)).Message);

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
