using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Content.Catalog;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.Tests.Onboarding.Policies;

public sealed class LeastPrivilegePolicyTests
{
    private static readonly LeastPrivilegePolicy Whole = LeastPrivilegePolicy.Compute(new PolicyScope(), Shipped.Content.Catalog);

    [Fact]
    public void EveryCallOfTheCatalogIsGrantedOnceAndForAReason()
    {
        var called = Shipped.Content.Catalog.Services.SelectMany(service => service.Actions).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(called, Whole.Actions.Select(action => action.Action));
        Assert.All(Whole.Actions, action => Assert.NotEmpty(action.ResourceTypes));
    }

    /// <summary>What peers get wrong: writes, customer data, rights that nothing uses, repetitions of SecurityAudit. Ours must have none.</summary>
    [Fact]
    public void TheLinterFindsNothingInIt()
    {
        var linter = new PolicyLinter(Shipped.Content.Catalog);
        Assert.NotEmpty(Whole.CustomDocuments);
        Assert.All(Whole.CustomDocuments, document => Assert.Empty(linter.Check(document)));
        Assert.All(Whole.StandaloneDocuments, document => Assert.Empty(linter.Check(document, besideSecurityAudit: false)));
    }

    [Fact]
    public void SecurityAuditAndTheCustomPolicyShareNoAction()
    {
        Assert.All(Granted(PolicyGrant.Custom), action => Assert.False(SecurityAuditPolicy.Grants(action)));
        Assert.All(Granted(PolicyGrant.SecurityAudit), action => Assert.True(SecurityAuditPolicy.Grants(action)));
        Assert.Contains("iam:GetAccountAuthorizationDetails", Granted(PolicyGrant.SecurityAudit));
        Assert.Equal(["sts:GetCallerIdentity"], Granted(PolicyGrant.NotNeeded));
    }

    [Fact]
    public void ServicesNarrowIt()
    {
        var narrowed = LeastPrivilegePolicy.Compute(new PolicyScope { Services = ["S3", "sts"] }, Shipped.Content.Catalog);
        Assert.Equal(["ec2", "s3", "sts"], narrowed.Actions.SelectMany(action => action.Services).Distinct());
        Assert.Contains(narrowed.Actions, action => action.Action == "s3:GetBucketPublicAccessBlock");
    }

    [Fact]
    public void RulesNarrowItAndAreNamed()
    {
        var narrowed = LeastPrivilegePolicy.Compute(new PolicyScope { Rules = [new RuleNeed("KMS.KeyRotation", ["AWS::KMS::Key"])], OnlyForRules = true }, Shipped.Content.Catalog);
        Assert.Equal("ec2:DescribeRegions", narrowed.Actions[0].Action);
        var rest = narrowed.Actions.Skip(1).ToList();
        Assert.NotEmpty(rest);
        Assert.All(rest, action => Assert.StartsWith("kms:", action.Action));
        Assert.All(rest, action => Assert.Equal(["KMS.KeyRotation"], action.Rules));
    }

    [Theory]
    [InlineData("GetTreasure", "IAM does not know")]
    [InlineData("CreateFunction", "level Write")]
    [InlineData("GetFunction", "customer data")]
    public void ACatalogThatAsksForMoreThanConfigurationIsRefused(string operation, string reason)
    {
        var entry = CatalogReader.Read("lambda.yaml", new StringReader($$"""
            service: lambda
            title: Lambda
            scope: regional
            interval: 12h
            rates: [{operations: ["*"], bucket: 1, refill: 1}]
            resources:
              - type: AWS::Lambda::Function
                list: {operation: {{operation}}, items: Functions}
                id: Id
                arn: Arn
            """));
        var refusal = Assert.Throws<InvalidOperationException>(() => LeastPrivilegePolicy.Compute(new PolicyScope(), [entry]));
        Assert.Contains("lambda:" + operation, refusal.Message);
        Assert.Contains(reason, refusal.Message);
    }

    [Fact]
    public void ALongPolicyIsSplitWithinTheLimitAndLosesNothing()
    {
        var actions = IamActions.Matching("ec2:Describe*").Select(action => action.Name).ToList();
        var documents = PolicyText.Allow("Read", actions);
        Assert.Equal(2, documents.Count);
        Assert.All(documents, document => Assert.InRange(PolicyText.Measure(document), 1, PolicyText.ManagedPolicyLimit));
        Assert.Equal(actions, documents.SelectMany(document => JsonDocument.Parse(document).RootElement.GetProperty("Statement")[0].GetProperty("Action").EnumerateArray()).Select(action => action.GetString()));
    }

    private static string[] Granted(PolicyGrant grant) =>
        [.. Whole.Actions.Where(action => action.GrantedBy == grant).Select(action => action.Action)];
}
