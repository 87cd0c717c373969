using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Tests.Assessment;

/// <summary>Trust policies that are easily misjudged: what AWS documents of each, and its neighbours.</summary>
public sealed class TrustCaseTests
{
    private const string Organization = "o-ownownown1";
    private const string Vendor = "\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sts:AssumeRole\"";

    [Theory]
    [InlineData("oidc.codefresh.io", "", true)]
    [InlineData("oidc.codefresh.io", "oidc.codefresh.io:sub=account:abc:pipeline:1", false)]
    [InlineData("oidc.codefresh.io", "oidc.codefresh.io:aud=x", true)]
    [InlineData("api.pulumi.com/oidc", "", true)]
    [InlineData("api.pulumi.com/oidc", "api.pulumi.com/oidc:aud=aws:org", false)]
    [InlineData("api.pulumi.com/oidc", "api.pulumi.com/oidc:sub=pulumi:deploy:org:x", true)]
    [InlineData("scalr.io", "scalr.io:sub=account:*:environment:x", true)]
    [InlineData("app.terraform.io", "app.terraform.io:sub=organization:own:project:*", false)]
    [InlineData("app.terraform.io", "app.terraform.io:sub=organization:*", true)]
    [InlineData("gitlab.com", "gitlab.com:sub=project_path:group/*", false)]
    [InlineData("token.actions.githubusercontent.com", "token.actions.githubusercontent.com:sub=repo:*:ref:refs/heads/main", true)]
    [InlineData("token.actions.githubusercontent.com", "token.actions.githubusercontent.com:sub=*:environment:prod", true)]
    [InlineData("token.actions.githubusercontent.com", "token.actions.githubusercontent.com:sub=repo:owner/repo:*", false)]
    [InlineData("oidc.eks.eu-central-1.amazonaws.com/id/ABC", "", false)]
    [InlineData("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/", "", true)]
    [InlineData("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/", "sts:RoleSessionName=MicrosoftSentinel_1", false)]
    public void A_provider_that_tenants_share_needs_its_claim(string provider, string claim, bool isPublic)
    {
        var condition = claim.Length == 0 ? "" : $$""","Condition":{"StringLike":{"{{claim.Split('=')[0]}}":"{{claim.Split('=')[1]}}"} }""";

        AssertPublic(isPublic, $$$"""{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/{{{provider}}}"},"Action":"sts:AssumeRoleWithWebIdentity"{{{condition}}}}""");
    }

    // Each that IAM's page on shared providers lists, or that AWS knows by itself, with the claim that tells its tenants apart.
    public static TheoryData<string, string, string> Providers => new()
    {
        { "token.actions.githubusercontent.com", "sub", "repo:owner/repo:*" },
        { "vstoken.actions.githubusercontent.com", "sub", "repo:owner/repo:*" },
        { "oidc-configuration.audit-log.githubusercontent.com", "sub", "https://github.com/owner" },
        { "gitlab.com", "sub", "project_path:group/*" },
        { "agent.buildkite.com", "sub", "organization:own:*" },
        { "app.terraform.io", "sub", "organization:own:*" },
        { "oidc.codefresh.io", "sub", "account:own:*" },
        { "studio.datachain.ai/api", "sub", "credentials:own/*" },
        { "scalr.io", "sub", "account:own:*" },
        { "tokens.cloud.shisho.dev", "sub", "job:own:*" },
        { "proidc.upbound.io", "sub", "mcp:own/*" },
        { "api.pulumi.com/oidc", "aud", "aws:own" },
        { "sandboxes.cloud", "aud", "own" },
        { "oidc.vercel.com", "aud", "https://vercel.com/own" },
        { "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7", "sub", "system:serviceaccount:own:*" },
        { "rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr", "sub", "system:serviceaccount:own:*" },
        { "rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg", "sub", "system:serviceaccount:own:*" },
        { "rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26", "sub", "system:serviceaccount:own:*" },
        { "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb", "sub", "system:serviceaccount:own:*" },
        { "oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu", "sub", "system:serviceaccount:own:*" },
        { "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d", "sts:RoleSessionName", "MicrosoftSentinel_own" },
        { "accounts.google.com", "aud", "own" },
        { "cognito-identity.amazonaws.com", "aud", "eu-central-1:own" },
        { "graph.facebook.com", "app_id", "own" },
        { "www.amazon.com", "app_id", "own" },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public void Each_provider_that_tenants_share_is_known_with_its_claim(string provider, string claim, string value)
    {
        var key = claim.Contains(':') ? claim : $"{provider}:{claim}";
        string Trust(string condition) => $$$"""{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/{{{provider}}}"},"Action":"sts:AssumeRoleWithWebIdentity"{{{condition}}}}""";

        AssertPublic(true, Trust(""));
        AssertPublic(true, Trust($$""","Condition":{"StringLike":{"{{key}}":"*"} }"""));
        AssertPublic(true, Trust($$""","Condition":{"StringEquals":{"{{provider}}:amr":"authenticated"} }"""));
        AssertPublic(false, Trust($$""","Condition":{"StringLike":{"{{key}}":"{{value}}"} }"""));
    }

    [Fact]
    public void No_provider_is_known_that_no_test_names() =>
        Assert.Equal(Providers.Select(row => (string)row[0]).Order(), CloudPosture.Assessment.Policies.Documents.SharedProviders.Hosts.Order());

    [Theory]
    [InlineData("rh-oidc.s3.us-east-1.amazonaws.com/1srtno3qggal8ujsegvtb2njvbmhdu8c")]
    [InlineData("oidc.op1.openshiftapps.com/1srtno3qggal8ujsegvtb2njvbmhdu8c")]
    public void A_cluster_of_ones_own_is_nobody_elses(string provider) =>
        AssertPublic(false, $$$"""{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/{{{provider}}}"},"Action":"sts:AssumeRoleWithWebIdentity"}""");

    [Theory]
    [InlineData(false, "ForAllValues:StringLike")]
    [InlineData(false, "StringLikeIfExists")]
    [InlineData(false, "ForAnyValue:StringLike")]
    [InlineData(true, "StringNotLike")]
    public void The_subject_of_a_token_is_always_there(bool isPublic, string @operator) => AssertPublic(isPublic, $$$"""
        {"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity",
         "Condition":{"{{{@operator}}}":{"token.actions.githubusercontent.com:sub":"repo:owner/repo:*"} } }
        """);

    [Theory]
    [InlineData(false, """{"Effect":"Allow","Principal":"*","Action":"sts:TagSession"}""")]
    [InlineData(false, """{"Effect":"Allow","Principal":"*","Action":["sts:TagSession","sts:SetSourceIdentity"]}""")]
    [InlineData(true, """{"Effect":"Allow","Principal":"*","Action":"sts:Assume*"}""")]
    [InlineData(false, """{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}}""")]
    [InlineData(false, """{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":"*","Action":"sts:*"}""")]
    [InlineData(true, """{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":"*","Action":"sts:TagSession"}""")]
    [InlineData(true, """{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"x"}}}""")]
    [InlineData(true, """{"Effect":"Allow","Principal":{"Federated":"*"},"Action":"sts:AssumeRoleWithWebIdentity"}""")]
    [InlineData(false, """{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}}""")]
    [InlineData(false, """{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"token.actions.githubusercontent.com:sub":"x"}}}""")]
    public void Only_what_assumes_a_role_opens_it(bool isPublic, string statements) => AssertPublic(isPublic, statements);

    [Theory]
    [InlineData(FindingStatus.Fail, Organization, ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-vendororg1\"}}")]
    [InlineData(FindingStatus.Pass, Organization, ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-ownownown1\"}}")]
    [InlineData(FindingStatus.Pass, Organization, ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"${aws:ResourceOrgID}\"}}")]
    [InlineData(FindingStatus.Pass, Organization, ",\"Condition\":{\"ForAnyValue:StringLike\":{\"aws:PrincipalOrgPaths\":\"o-ownownown1/*\"}}")]
    [InlineData(FindingStatus.NotAssessed, null, ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-vendororg1\"}}")]
    [InlineData(FindingStatus.Fail, Organization, ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"${sts:ExternalId}\"}}")]
    [InlineData(FindingStatus.Fail, Organization, ",\"Condition\":{\"StringLike\":{\"sts:ExternalId\":\"?*\"}}")]
    [InlineData(FindingStatus.Fail, Organization, ",\"Condition\":{\"Null\":{\"sts:ExternalId\":\"false\"}}")]
    [InlineData(FindingStatus.Fail, null, "")]
    [InlineData(FindingStatus.Pass, null, ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"abc\"}}")]
    [InlineData(FindingStatus.Pass, null, "},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringNotEquals\":{\"sts:ExternalId\":\"abc\"}}")]
    public void An_external_id_counts_where_the_vendor_is_not_of_the_own_organization(FindingStatus expected, string? organization, string condition) =>
        Assert.Equal(expected, Status("{derived: trustLacksExternalId, equals: false}", $$"""{{{Vendor}}{{condition}}}""", organization));

    private static void AssertPublic(bool isPublic, string statements) =>
        Assert.Equal(isPublic ? FindingStatus.Fail : FindingStatus.Pass, Status("{derived: trustIsPublic, equals: false}", statements, Organization));

    private static FindingStatus Status(string condition, string statements, string? organization)
    {
        var role = Given.Resource("AWS::IAM::Role", "r", "arn:aws:iam::111122223333:role/r", $$$"""{"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{{{statements}}}]} }""");
        Resource[] resources = organization is null ? [role] : [role, Given.Resource("AWS::Organizations::Organization", organization, "arn:org", $$"""{"Id":"{{organization}}"}""")];
        return Assessor.Assess(Given.Account(resources), Given.Rule("AWS::IAM::Role", condition)).Single().Status;
    }
}
