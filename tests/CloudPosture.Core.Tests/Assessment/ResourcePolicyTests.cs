using System.Linq;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Lake.Findings;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment;

public sealed class ResourcePolicyTests
{
    private const string Own = Given.AccountId;
    private const string Other = "444455556666";
    private const string AllowEveryone = """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""";

    [Theory]
    [InlineData("""{"first":"{\"Statement\":[]}","second":{"Statement":[]}}""", 2, 0)]
    [InlineData("""{"only":"no policy"}""", 1, 1)]
    [InlineData("""{"Statement":[]}""", 1, 0)]
    [InlineData("{}", 0, 0)]
    public void Policies_by_name_are_each_read(string json, int policies, int unreadable)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(json);

        var parsed = PolicyDocument.ParseAll(answer.RootElement);

        Assert.Equal((policies, unreadable), (parsed.Count, parsed.Count(policy => policy is null)));
    }

    [Theory]
    [InlineData("\"*\"", "Public")]
    [InlineData("""{"AWS":"*"}""", "Public")]
    [InlineData("""{"AWS":["111122223333","*"]}""", "Public")]
    [InlineData("""{"aws":"*"}""", "Public")]
    [InlineData("""{"AWS":"arn:aws:iam::*:root"}""", "Public")]
    [InlineData("""{"AWS":"111122223333"}""", "Own")]
    [InlineData("""{"AWS":"arn:aws:iam::111122223333:role/app"}""", "Own")]
    [InlineData("""{"AWS":"arn:aws-us-gov:iam::111122223333:root"}""", "Own")]
    [InlineData("""{"AWS":"AROAJQABLZS4A3QDU576Q"}""", "Own")]
    [InlineData("""{"Service":"sns.amazonaws.com"}""", "Own")]
    [InlineData("""{"AWS":"444455556666"}""", "Others")]
    [InlineData("""{"AWS":"arn:aws:iam::444455556666:user/x"}""", "Others")]
    [InlineData("""{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}""", "Others")]
    [InlineData("""{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}""", "Others")]
    public void A_principal_opens_as_far_as_it_reaches(string principal, string expected) =>
        Assert.Equal(expected, ReachOf($$"""{"Effect":"Allow","Principal":{{principal}},"Action":"s3:*","Resource":"*"}"""));

    [Theory]
    [InlineData("StringEquals", "aws:SourceAccount", "\"111122223333\"", "Own")]
    [InlineData("StringEquals", "AWS:SourceAccount", "\"444455556666\"", "Others")]
    [InlineData("StringEquals", "aws:SourceAccount", """["111122223333","444455556666"]""", "Others")]
    [InlineData("StringEquals", "aws:PrincipalAccount", "\"${aws:ResourceAccount}\"", "Own")]
    [InlineData("StringEquals", "aws:SourceAccount", "\"${aws:PrincipalAccount}\"", "Public")]
    [InlineData("StringEquals", "aws:SourceOwner", "\"111122223333\"", "Own")]
    [InlineData("StringEquals", "kms:CallerAccount", "\"111122223333\"", "Own")]
    [InlineData("StringEquals", "s3:DataAccessPointAccount", "\"111122223333\"", "Own")]
    [InlineData("StringLike", "aws:PrincipalAccount", "\"1111*\"", "Public")]
    [InlineData("StringLike", "aws:PrincipalAccount", "\"*\"", "Public")]
    [InlineData("StringEquals", "aws:PrincipalOrgID", "\"o-abcdefghij\"", "Others")]
    [InlineData("StringEqualsIfExists", "aws:PrincipalOrgID", "\"o-abcdefghij\"", "Public")]
    [InlineData("StringLike", "aws:PrincipalOrgID", "\"o-*\"", "Public")]
    [InlineData("StringNotEquals", "aws:PrincipalOrgID", "\"o-abcdefghij\"", "Public")]
    [InlineData("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "\"o-abcdefghij/r-ab12/*\"", "Others")]
    [InlineData("ForAllValues:StringLike", "aws:PrincipalOrgPaths", "\"o-abcdefghij/r-ab12/*\"", "Public")]
    [InlineData("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "\"o-*/r-ab12/*\"", "Public")]
    [InlineData("StringEquals", "aws:SourceOrgID", "\"o-abcdefghij\"", "Others")]
    [InlineData("StringEquals", "aws:SourceVpc", "\"vpc-1\"", "Others")]
    [InlineData("StringEquals", "aws:SourceVpce", """["vpce-1","vpce-2"]""", "Others")]
    [InlineData("StringLike", "aws:SourceVpce", """["vpce-1","*"]""", "Public")]
    [InlineData("ArnLike", "aws:SourceArn", "\"arn:aws:sns:*:111122223333:*\"", "Own")]
    [InlineData("ArnLike", "aws:SourceArn", "\"arn:aws:sns:*:*:topic\"", "Public")]
    [InlineData("ArnEquals", "aws:SourceArn", "\"arn:aws:s3:::my-bucket\"", "Others")]
    [InlineData("ArnLike", "aws:SourceArn", "\"arn:aws:s3:::my-*\"", "Public")]
    [InlineData("ArnLike", "aws:PrincipalArn", "\"arn:aws:iam::444455556666:role/*\"", "Others")]
    [InlineData("StringLike", "aws:PrincipalArn", "\"arn:aws:iam::*:role/app\"", "Public")]
    [InlineData("StringLike", "aws:userId", "\"AROAJQABLZS4A3QDU576Q:*\"", "Others")]
    [InlineData("StringLike", "aws:userId", "\"*\"", "Public")]
    [InlineData("IpAddress", "aws:SourceIp", "\"198.51.100.0/24\"", "Others")]
    [InlineData("IpAddress", "aws:SourceIp", "\"10.0.0.0/8\"", "Others")]
    [InlineData("IpAddress", "aws:SourceIp", """["198.51.100.0/24","0.0.0.0/0"]""", "Public")]
    [InlineData("IpAddress", "aws:SourceIp", "\"0.0.0.0/1\"", "Public")]
    [InlineData("IpAddress", "aws:SourceIp", "\"::/0\"", "Public")]
    [InlineData("IpAddress", "aws:SourceIp", "\"2001:db8::/32\"", "Others")]
    [InlineData("IpAddressIfExists", "aws:SourceIp", "\"198.51.100.0/24\"", "Public")]
    [InlineData("NotIpAddress", "aws:SourceIp", "\"198.51.100.0/24\"", "Public")]
    [InlineData("StringEquals", "kms:ViaService", "\"s3.eu-central-1.amazonaws.com\"", "Public")]
    [InlineData("StringEquals", "lambda:EventSourceToken", "\"amzn1.ask.skill.1\"", "Others")]
    [InlineData("StringLike", "aws:Referer", "\"https://example.com/*\"", "Public")]
    [InlineData("StringEquals", "aws:PrincipalTag/team", "\"x\"", "Public")]
    [InlineData("Bool", "aws:SecureTransport", "\"true\"", "Public")]
    [InlineData("Bool", "aws:PrincipalIsAWSService", "\"true\"", "Own")]
    [InlineData("Bool", "elasticfilesystem:AccessedViaMountTarget", "\"true\"", "Others")]
    [InlineData("Null", "aws:PrincipalOrgID", "\"false\"", "Public")]
    public void A_condition_confines_only_with_fixed_values_that_cannot_be_left_out(string @operator, string key, string values, string expected) =>
        Assert.Equal(expected, ReachOf($$"""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"{{@operator}}": {"{{key}}": {{values}} } } }"""));

    [Theory]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}""", "Own")]
    [InlineData("""{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:Get*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}""", "Own")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"*"}""", "Public")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"arn:aws:s3:::b/secret/*"}""", "Public")]
    [InlineData("""{"Effect":"Deny","Principal":{"AWS":"444455556666"},"Action":"*","Resource":"*"}""", "Public")]
    [InlineData("""{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"*","Resource":"*"}""", "Own")]
    [InlineData("""{"Effect":"Deny","NotPrincipal":{"AWS":"444455556666"},"Action":"*","Resource":"*"}""", "Others")]
    [InlineData("""{"Effect":"Deny","Principal":"*","NotAction":"s3:PutObject","Resource":"*"}""", "Own")]
    [InlineData("""{"Effect":"Deny","Principal":"*","NotAction":"s3:Get*","Resource":"*"}""", "Public")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}""", "Others")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"}}}""", "Others")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}}""", "Own")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}""", "Others")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"198.51.100.0/24"}}}""", "Others")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"ForAnyValue:StringNotEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}""", "Public")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""", "Public")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:PrincipalIsAWSService":"false"}}}""", "Public")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:PrincipalIsAWSService":"false"},"StringNotEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}""", "Others")]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}""", "Public")]
    public void A_deny_takes_away_what_it_covers_whole(string deny, string expected) =>
        Assert.Equal(expected, ReachOf(AllowEveryone, deny));

    [Fact]
    public void Several_denies_together_cover_what_an_allow_lists() =>
        Assert.Equal("Own", ReachOf(
            """{"Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}""",
            """{"Effect":"Deny","Principal":"*","Action":"s3:Get*","Resource":"*"}""",
            """{"Effect":"Deny","Principal":"*","Action":"s3:Put*","Resource":"*"}"""));

    [Fact]
    public void An_allow_for_all_but_some_is_public() =>
        Assert.Equal("Public", ReachOf($$$"""{"Effect":"Allow","NotPrincipal":{"AWS":"{{{Other}}}"},"Action":"s3:*","Resource":"*"}"""));

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*"}}""", FindingStatus.Fail)]
    [InlineData("""{"statement":[{"effect":"allow","principal":"*","action":["a:b"],"resource":["*"]}]}""", FindingStatus.Fail)]
    [InlineData("\"{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":\\\"*\\\",\\\"Action\\\":\\\"a:b\\\",\\\"Resource\\\":\\\"*\\\"}}\"", FindingStatus.Fail)]
    [InlineData("""{"Statement":[]}""", FindingStatus.Pass)]
    [InlineData("null", FindingStatus.Pass)]
    [InlineData("\"no policy\"", FindingStatus.NotAssessed)]
    [InlineData("""{"Statement":[7]}""", FindingStatus.NotAssessed)]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*"},"Statement":[]}""", FindingStatus.NotAssessed)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Principal":{"AWS":"111122223333"},"Action":"a:b","Resource":"*"}]}""", FindingStatus.NotAssessed)]
    public void A_document_is_read_in_every_form_it_comes_in(string policy, FindingStatus expected)
    {
        var rules = Given.RuleOnBuckets("{derived: policyIsPublic, with: {field: Policy}, equals: false}");

        Assert.Equal(expected, Given.Status(rules, Given.Bucket("b", $$"""{"Policy": {{policy}}}""")));
    }

    [Fact]
    public void Evidence_names_the_address_that_is_none()
    {
        var rules = Given.RuleOnBuckets("{derived: policyIsPublic, with: {field: Policy}, equals: false}");

        var finding = Given.Finding(rules, Given.Bucket("b", """{"Policy":{"Statement":{"Sid":"Web","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"*"}}}}}"""));

        Assert.Equal(FindingStatus.NotAssessed, finding.Status);
        Assert.Contains("statement Web compares aws:sourceip with *, which is no address and no network", finding.Evidence);
    }

    [Fact]
    public void Evidence_names_the_statement_and_a_service_that_may_be_a_confused_deputy()
    {
        var rules = Given.RuleOnBuckets("{derived: policyIsPublic, with: {field: Policy}, equals: false}");

        var open = Given.Finding(rules, Given.Bucket("b", """{"Policy":{"Statement":{"Sid":"Web","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}}}"""));
        var deputy = Given.Finding(rules, Given.Bucket("b", """{"Policy":{"Statement":{"Sid":"Logs","Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:PutObject","Resource":"*"}}}"""));

        Assert.Contains("statement Web allows s3:GetObject to Everyone", open.Evidence);
        Assert.Equal(FindingStatus.Pass, deputy.Status);
        Assert.Contains("statement Logs trusts an AWS service without naming a source account", deputy.Evidence);
    }

    [Fact]
    public void Adding_a_deny_never_opens_and_order_never_matters()
    {
        var statements = Gen.Elements(
            AllowEveryone,
            $$$"""{"Effect":"Allow","Principal":{"AWS":"{{{Other}}}"},"Action":"s3:*","Resource":"*"}""",
            """{"Effect":"Allow","Principal":"*","Action":["s3:PutObject","s3:GetObject"],"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a"}}}""",
            """{"Effect":"Deny","Principal":"*","Action":"s3:Get*","Resource":"*"}""",
            """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}}""",
            """{"Effect":"Deny","Principal":{"AWS":"444455556666"},"Action":"s3:PutObject","Resource":"*"}""").ListOf();
        var denies = Gen.Elements(
            """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""",
            """{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""",
            """{"Effect":"Deny","NotPrincipal":{"AWS":"444455556666"},"Action":"*","Resource":"*"}""",
            """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}}""");
        var property = Prop.ForAll(statements.Zip(denies).ToArbitrary(), drawn =>
        {
            var before = Reached([.. drawn.Item1]);
            return Reached([.. drawn.Item1, drawn.Item2]) <= before && Reached([.. drawn.Item1.AsEnumerable().Reverse()]) == before;
        });

        Check.One(Config.QuickThrowOnFailure, property);
    }

    private static string ReachOf(params string[] statements) => Reached(statements).ToString();

    private static Reach Reached(params string[] statements) =>
        ResourcePolicy.ExposureOf(PolicyDocument.Parse(Given.Json($$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", statements)}}]}"""))!, new Owner(Own), PolicyTarget.Unknown).Reach;
}
