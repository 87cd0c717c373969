using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

public sealed class TrustPolicyTests
{
    private const string GitHub = "\"Principal\":{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"";

    [Theory]
    [InlineData("\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"", true)]
    [InlineData("\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sts:AssumeRole\"", false)]
    [InlineData("\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"", false)]
    [InlineData("\"Principal\":{\"Federated\":\"arn:aws:iam::111122223333:saml-provider/idp\"},\"Action\":\"sts:AssumeRoleWithSAML\"", false)]
    [InlineData("\"Principal\":{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"", false)]
    [InlineData("\"Principal\":{\"Federated\":\"cognito-identity.amazonaws.com\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"", true)]
    [InlineData("\"Principal\":{\"Federated\":\"cognito-identity.amazonaws.com\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{\"StringEquals\":{\"cognito-identity.amazonaws.com:aud\":\"eu-central-1:1\"}}", false)]
    [InlineData(GitHub, true)]
    [InlineData(GitHub + ",\"Condition\":{\"StringEquals\":{\"token.actions.githubusercontent.com:aud\":\"sts.amazonaws.com\"}}", true)]
    [InlineData(GitHub + ",\"Condition\":{\"StringLike\":{\"token.actions.githubusercontent.com:sub\":\"repo:owner/*\"}}", false)]
    [InlineData(GitHub + ",\"Condition\":{\"StringLike\":{\"token.actions.githubusercontent.com:sub\":\"repo:own*\"}}", true)]
    [InlineData(GitHub + ",\"Condition\":{\"StringLike\":{\"token.actions.githubusercontent.com:sub\":[\"repo:owner/*\",\"repo:*\"]}}", true)]
    [InlineData(GitHub + ",\"Condition\":{\"StringEqualsIfExists\":{\"token.actions.githubusercontent.com:sub\":\"repo:owner/a:ref:refs/heads/main\"}}", false)]
    [InlineData(GitHub + ",\"Condition\":{\"StringEquals\":{\"token.actions.githubusercontent.com:sub\":\"repo:owner/a:ref:refs/heads/main\"}}", false)]
    public void Trust_is_public_where_anyone_can_get_in(string statement, bool expected) =>
        Assert.Equal(expected ? FindingStatus.Pass : FindingStatus.Fail, Status("{derived: trustIsPublic, equals: true}", statement));

    [Theory]
    [InlineData("\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sts:AssumeRole\"", true)]
    [InlineData("\"Principal\":{\"AWS\":[\"111122223333\",\"arn:aws:iam::444455556666:role/x\"]},\"Action\":\"sts:*\"", true)]
    [InlineData("\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sts:TagSession\"", false)]
    [InlineData("\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"sts:AssumeRole\"", false)]
    [InlineData("\"Principal\":{\"AWS\":\"777788889999\"},\"Action\":\"sts:AssumeRole\"", false)]
    [InlineData("\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"", false)]
    [InlineData("\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"abc\"}}", false)]
    [InlineData("\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringLike\":{\"sts:ExternalId\":\"*\"}}", true)]
    [InlineData("\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEqualsIfExists\":{\"sts:ExternalId\":\"abc\"}}", true)]
    [InlineData("\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalAccount\":\"444455556666\"}}", true)]
    public void A_third_party_needs_an_external_id(string statement, bool lacks) =>
        Assert.Equal(lacks ? FindingStatus.Pass : FindingStatus.Fail, Status("{derived: trustLacksExternalId, equals: true}", statement));

    private static FindingStatus Status(string condition, string statement)
    {
        var role = Given.Resource("AWS::IAM::Role", "r", "arn:aws:iam::111122223333:role/r", $$$"""{"AssumeRolePolicyDocument":{"Statement":[{"Effect":"Allow",{{{statement}}}}]}}""");
        return Assessor.Assess(Given.Account(role), Given.Rule("AWS::IAM::Role", condition), new AssessmentOptions { KnownAccounts = ["777788889999"] }).Single().Status;
    }
}
