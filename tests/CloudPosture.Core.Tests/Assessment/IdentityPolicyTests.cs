using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

public sealed class IdentityPolicyTests
{
    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":["s3:Get*","*:*"],"Resource":["arn:aws:s3:::x","*"]}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"**","Resource":"**"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"?*","Resource":"arn:aws:*"}""", true)]
    [InlineData("""{"Effect":"Allow","NotAction":[],"Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"iam:*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::x"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"x"}}}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEqualsIfExists":{"ec2:InstanceType":"t3.micro"}}}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:RequestedRegion":"*"}}}""", true)]
    [InlineData("""{"Effect":"Deny","Action":"*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""", true)]
    public void Full_admin_is_every_action_on_every_resource(string statements, bool expected)
    {
        var document = $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""";
        var rules = Given.Rule("AWS::IAM::ManagedPolicy", "{derived: policyIsFullAdmin, equals: true}");
        var inline = Given.Rule("AWS::IAM::Role", "{derived: inlineFullAdmin, equals: true}");
        var status = expected ? FindingStatus.Pass : FindingStatus.Fail;

        Assert.Equal(status, Given.Status(rules, Policy($$$"""{"PolicyVersion":{"Document":{{{document}}}}}""")));
        Assert.Equal(status, Given.Status(rules, Policy($$$"""{"PolicyVersionList":[{"IsDefaultVersion":false,"Document":{"Statement":[]}},{"IsDefaultVersion":true,"Document":{{{document}}}}]}""")));
        Assert.Equal(status, Given.Status(inline, Given.Resource("AWS::IAM::Role", "r", "arn:r", $$"""{"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{{document}}}]}""")));
    }

    [Theory]
    [InlineData(true, """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", """{"Effect":"Allow","Action":"iam:*","Resource":"*"}""")]
    [InlineData(true, """{"Effect":"Allow","Action":"s3:*","Resource":"*"}""", """{"Effect":"Allow","Action":"*","Resource":"*"}""")]
    [InlineData(false, """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", """{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"*"}""", """{"Effect":"Deny","Action":"*","Resource":"*"}""")]
    public void Inline_policies_count_together(bool expected, string first, string second)
    {
        var role = Given.Resource("AWS::IAM::Role", "r", "arn:r", $$"""{"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Statement":{{first}} } },{"PolicyName":"q","PolicyDocument":{"Statement":{{second}} } }]}""");

        Assert.Equal(expected ? FindingStatus.Fail : FindingStatus.Pass, Given.Status(Given.Rule("AWS::IAM::Role", "{derived: inlineFullAdmin, equals: false}"), role));
    }

    [Fact]
    public void A_policy_whose_document_is_not_there_is_not_assessed()
    {
        var rules = Given.Rule("AWS::IAM::ManagedPolicy", "{derived: policyIsFullAdmin, equals: false}");

        Assert.Equal(FindingStatus.NotAssessed, Given.Status(rules, Policy("{}")));
    }

    private static CloudPosture.Lake.Resources.Resource Policy(string configuration) => Given.Resource("AWS::IAM::ManagedPolicy", "p", "arn:aws:iam::111122223333:policy/p", configuration);
}
