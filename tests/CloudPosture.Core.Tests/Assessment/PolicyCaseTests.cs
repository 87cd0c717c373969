using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

/// <summary>Policies that are easily misjudged: what AWS documents of each, and its neighbours.</summary>
public sealed class PolicyCaseTests
{
    private const string Queue = "arn:aws:sqs:eu-central-1:111122223333:q";
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:t";
    private const string Function = "arn:aws:lambda:eu-central-1:111122223333:function:f";
    private const string Get = "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"";
    private const string All = "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"";
    private const string Organization = "o-ownownown1";

    // A variable confines only a key that a stranger cannot choose.
    [Theory]
    [InlineData("StringEquals", "aws:PrincipalTag/team", "${aws:ResourceAccount}", true)]
    [InlineData("StringEquals", "aws:Referer", "${aws:ResourceAccount}", true)]
    [InlineData("StringEquals", "aws:UserAgent", "${aws:ResourceOrgID}", true)]
    [InlineData("StringEquals", "s3:prefix", "${aws:ResourceAccount}", true)]
    [InlineData("StringEquals", "aws:RequestTag/x", "${aws:PrincipalTag/x}", true)]
    [InlineData("StringEquals", "aws:ResourceAccount", "${aws:ResourceAccount}", true)]
    [InlineData("StringEquals", "aws:ResourceAccount", "111122223333", true)]
    [InlineData("StringEquals", "aws:PrincipalTag/team", "${aws:username}", true)]
    [InlineData("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}", false)]
    [InlineData("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalTag/account}", true)]
    [InlineData("StringEquals", "aws:SourceOrgID", "${aws:ResourceOrgID}", false)]
    [InlineData("StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}", false)]
    [InlineData("StringEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", false)]
    [InlineData("StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}", false)]
    [InlineData("StringEquals", "aws:PrincipalOrgID", "${aws:PrincipalOrgID}", true)]
    [InlineData("StringLike", "aws:SourceArn", "arn:aws:logs:*:111122223333:*", true)]
    [InlineData("ArnLike", "aws:SourceArn", "arn:aws:logs:*:111122223333:*", false)]
    [InlineData("StringLike", "aws:PrincipalArn", "arn:aws:iam::*:role/111122223333:*", true)]
    [InlineData("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:ResourceAccount}:role/*", false)]
    [InlineData("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:role/*", true)]
    [InlineData("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/x", false)]
    [InlineData("StringEquals", "aws:VpceAccount", "111122223333", false)]
    [InlineData("StringEquals", "aws:VpceOrgID", "o-abcdefghij", false)]
    [InlineData("ForAnyValue:StringLike", "aws:VpceOrgPaths", "o-abcdefghij/*", false)]
    [InlineData("ArnLike", "aws:SourceVpcArn", "arn:aws:ec2:*:111122223333:vpc/*", false)]
    [InlineData("StringLike", "aws:VpceAccount", "*", true)]
    [InlineData("StringEqualsIfExists", "aws:VpceAccount", "111122223333", true)]
    [InlineData("Null", "aws:SourceVpc", "false", true)]
    [InlineData("ForAllValues:StringEquals", "aws:PrincipalOrgPaths", "o-a/r-b/", true)]
    [InlineData("ForAnyValue:StringLike", "aws:SourceOrgPaths", "o-a/*", false)]
    [InlineData("NumericLessThan", "s3:max-keys", "10", true)]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", true)]
    [InlineData("StringEquals", "aws:PrincipalType", "Anonymous", true)]
    [InlineData("Null", "aws:PrincipalArn", "true", true)]
    [InlineData("Bool", "aws:SecureTransport", "True", true)]
    [InlineData("StringEquals", "s3:x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:eu-central-1:111122223333:key/1", false)]
    [InlineData("IpAddress", "aws:VpcSourceIp", "10.0.0.0/8", true)]
    [InlineData("StringEquals", "aws:Ec2InstanceSourceVpc", "vpc-1", false)]
    [InlineData("StringEquals", "s3:ExistingObjectTag/public", "yes", true)]
    public void A_condition_that_a_stranger_can_meet_confines_nothing(string @operator, string key, string value, bool isPublic) =>
        AssertPublic(isPublic, "arn:aws:s3:::b", Statement(All, Condition(@operator, key, value)));

    [Theory]
    [InlineData(true, "StringEqualsIfExists", "aws:PrincipalOrgID", "o-abcdefghij", "aws:PrincipalAccount")]
    [InlineData(false, "StringEqualsIfExists", "aws:PrincipalOrgID", "o-abcdefghij", "aws:PrincipalOrgID")]
    [InlineData(false, "ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-abcdefghij/*", "aws:PrincipalOrgPaths")]
    [InlineData(true, "StringNotEquals", "aws:PrincipalOrgID", "o-abcdefghij", "aws:PrincipalOrgID")]
    public void A_key_that_must_be_there_closes_the_way_of_leaving_it_out(bool isPublic, string @operator, string key, string value, string present) =>
        AssertPublic(isPublic, "arn:aws:s3:::b", Statement(All, $$"""{"{{@operator}}":{"{{key}}":"{{value}}"},"Null":{"{{present}}":"false"} }"""));

    [Theory]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"${aws:ResourceAccount}"}}}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::b/${aws:username}/*"}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::b/x/*"}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::other/*"}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","NotAction":"s3:NoSuchAction","Resource":"*"}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b"}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","NotAction":"s3:GetObject","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"*"}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a"},"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-a"},"Bool":{"aws:SecureTransport":"true"}}},{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""")]
    [InlineData(true, """{"Effect":"Deny","NotPrincipal":"*","Action":"*","Resource":"*"}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":["false","true"]}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":["false","true"]}}}""")]
    public void A_deny_closes_what_it_leaves_no_way_around(bool isPublic, string deny) =>
        AssertPublic(isPublic, "arn:aws:s3:::b", $$"""{{{Get}}},{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/public/*"},{{deny}}""");

    [Theory]
    [InlineData(false, "arn:aws:sqs:eu-central-1:111122223333:q", """{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-central-1:111122223333:q"}""")]
    [InlineData(false, Queue, """{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}""")]
    [InlineData(true, Queue, """{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"sns:*","Resource":"*"}""")]
    [InlineData(false, Queue, """{"Effect":"Allow","Principal":"*","NotAction":"sqs:*","Resource":"*"}""")]
    [InlineData(true, Queue, """{"Effect":"Allow","Principal":"*","NotAction":"sqs:SendMessage","Resource":"*"}""")]
    [InlineData(false, "arn:aws:s3:::b", """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}""")]
    [InlineData(false, "arn:aws:s3:::b", """{"Effect":"Allow","Principal":"*","Action":"s3:*","NotResource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}""")]
    [InlineData(true, "arn:aws:s3:::b", """{"Effect":"Allow","Principal":"*","Action":"s3:*","NotResource":"arn:aws:s3:::b"}""")]
    [InlineData(false, Topic, """{"Effect":"Allow","Principal":"*","Action":"sns:Subscribe","Resource":"*","Condition":{"StringEquals":{"sns:Endpoint":"https://hooks.example.com/x","sns:Protocol":"https"}}}""")]
    [InlineData(false, Topic, """{"Effect":"Allow","Principal":"*","Action":"sns:Subscribe","Resource":"*","Condition":{"StringLike":{"sns:Endpoint":"*@example.com"},"StringEquals":{"sns:Protocol":"email"}}}""")]
    [InlineData(true, Topic, """{"Effect":"Allow","Principal":"*","Action":"sns:Subscribe","Resource":"*","Condition":{"StringEquals":{"sns:Protocol":"https"}}}""")]
    [InlineData(true, Topic, """{"Effect":"Allow","Principal":"*","Action":"sns:Subscribe","Resource":"*","Condition":{"StringLike":{"sns:Endpoint":"https://*"}}}""")]
    [InlineData(false, Topic, """{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:Publish","SNS:Subscribe"],"Resource":"*","Condition":{"StringEquals":{"AWS:SourceOwner":"111122223333"}}}""")]
    public void What_a_policy_is_on_decides_what_its_statements_mean(bool isPublic, string arn, string statements) => AssertPublic(isPublic, arn, statements);

    // "IAM JSON policy elements: Condition operators": the value must be in the standard CIDR format. What becomes of another one, it does not say.
    [Theory]
    [InlineData(FindingStatus.NotAssessed, "IpAddress", "\"*\"")]
    [InlineData(FindingStatus.NotAssessed, "IpAddress", "\"office\"")]
    [InlineData(FindingStatus.NotAssessed, "IpAddress", "\"203.0.113.0/33\"")]
    [InlineData(FindingStatus.NotAssessed, "IpAddress", """["203.0.113.0/24","*"]""")]
    [InlineData(FindingStatus.Fail, "IpAddress", """["0.0.0.0/0","*"]""")]
    // Through an endpoint of a VPC the key is absent.
    [InlineData(FindingStatus.Fail, "NotIpAddress", "\"*\"")]
    [InlineData(FindingStatus.Fail, "IpAddressIfExists", "\"*\"")]
    [InlineData(FindingStatus.Fail, "StringLike", "\"*\"")]
    public void An_address_that_is_none_is_not_decided(FindingStatus expected, string @operator, string values) =>
        Assert.Equal(expected, PublicStatus("arn:aws:s3:::b", $$"""{"Version":"2012-10-17","Statement":[{{{All}},"Condition":{"{{@operator}}":{"aws:SourceIp":{{values}}} } }]}"""));

    [Theory]
    [InlineData(FindingStatus.NotAssessed, "NotIpAddress", "*")]
    [InlineData(FindingStatus.NotAssessed, "NotIpAddress", "office")]
    [InlineData(FindingStatus.Fail, "IpAddress", "*")]
    public void A_denial_of_an_address_that_is_none_is_not_decided(FindingStatus expected, string @operator, string value) =>
        Assert.Equal(expected, PublicStatus("arn:aws:s3:::b", $$"""{"Version":"2012-10-17","Statement":[{{{All}}},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{{Condition(@operator, "aws:SourceIp", value)}}}]}"""));

    [Fact]
    public void An_address_that_is_none_changes_nothing_where_something_else_decides()
    {
        AssertPublic(false, "arn:aws:s3:::b", Statement(All, """{"IpAddress":{"aws:SourceIp":"*"},"StringEquals":{"aws:PrincipalAccount":"111122223333"}}"""));
        AssertPublic(true, "arn:aws:s3:::b", $$"""{{{Get}}},{{Statement(All, Condition("IpAddress", "aws:SourceIp", "*"))}}""");
    }

    [Fact]
    public void Policies_of_the_first_version_have_no_variables()
    {
        const string Document = """{"Version":"2008-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/x":"${aws:username}","aws:PrincipalAccount":"${aws:PrincipalAccount}"}}}}""";

        Assert.Equal(FindingStatus.Pass, PublicStatus(Queue, Document));
        Assert.Equal(FindingStatus.Fail, PublicStatus(Queue, Document.Replace("2008-10-17", "2012-10-17")));
    }

    [Theory]
    [InlineData("s3.amazonaws.com", "", true)]
    [InlineData("sns.amazonaws.com", "", true)]
    [InlineData("sns.amazonaws.com", ",\"Condition\":{\"StringLike\":{\"aws:SourceArn\":\"arn:aws:*:*:111122223333:*\"},\"ArnEquals\":{\"aws:SourceArn\":\"arn:aws:s3:::*\"}}", false)]
    [InlineData("sns.amazonaws.com", ",\"Condition\":{\"StringLike\":{\"aws:SourceArn\":\"*:111122223333:*\"},\"StringNotLike\":{\"AWS:SourceArn\":\"arn:aws:*:*:111122223333:*\"}}", false)]
    [InlineData("sns.amazonaws.com", ",\"Condition\":{\"StringLike\":{\"aws:SourceArn\":\"*:111122223333:*\"}}", true)]
    [InlineData("events.amazonaws.com", ",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:events:eu-central-1:111122223333:rule/x\"}}", false)]
    [InlineData("s3.amazonaws.com", ",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:s3:::my-bucket\"}}", false)]
    [InlineData("s3.amazonaws.com", ",\"Condition\":{\"StringEquals\":{\"AWS:SourceAccount\":\"111122223333\"}}", false)]
    [InlineData("s3.amazonaws.com", ",\"Condition\":{\"StringEqualsIfExists\":{\"AWS:SourceAccount\":\"111122223333\"}}", true)]
    [InlineData("apigateway.amazonaws.com", ",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:execute-api:*:*:api/*\"}}", true)]
    [InlineData("replicator.lambda.amazonaws.com", "", false)]
    [InlineData("alexa-appkit.amazon.com", ",\"Condition\":{\"StringEquals\":{\"lambda:EventSourceToken\":\"amzn1.ask.skill.1\"}}", false)]
    public void A_service_that_acts_for_anyone_opens_a_function(string service, string condition, bool isPublic)
    {
        var statement = $$$"""{"Effect":"Allow","Principal":{"Service":"{{{service}}}"},"Action":"lambda:InvokeFunction","Resource":"{{{Function}}}"{{{condition}}}}""";
        var rules = Given.Rule("AWS::Lambda::Function", "{derived: policyIsPublic, with: {field: Policy, throughServices: true}, equals: false}");
        var function = Given.Resource("AWS::Lambda::Function", "f", Function, $$"""{"Policy":{"Version":"2012-10-17","Statement":[{{statement}}]} }""");

        Assert.Equal(isPublic ? FindingStatus.Fail : FindingStatus.Pass, Given.Status(rules, function));
    }

    [Fact]
    public void Each_of_several_policies_counts()
    {
        const string Closed = """{"Version":"2012-10-17","Statement":[]}""";
        const string Open = """{"Policy":"{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"arn:aws:lambda:eu-central-1:111122223333:function:f:live\"}}","RevisionId":"1"}""";

        Assert.Equal(FindingStatus.Fail, ListStatus($"[{Closed},{Open}]"));
        Assert.Equal(FindingStatus.Pass, ListStatus($"[{Closed}]"));
        Assert.Equal(FindingStatus.NotAssessed, ListStatus($"[{Closed},7]"));
    }

    [Theory]
    [InlineData(true, """{"Effect":"Allow","NotAction":"nosuchservice:X","Resource":"*"}""")]
    [InlineData(true, """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"iam:*","Resource":"*"}""")]
    [InlineData(true, """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"},{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}""")]
    [InlineData(false, """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}""")]
    [InlineData(false, """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}}""")]
    [InlineData(true, """{"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::x/*"}""")]
    [InlineData(true, """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceAccount":"111122223333"}}}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceAccount":"444455556666"}}}""")]
    [InlineData(true, """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Null":{"aws:RequestTag/x":"true"}}}""")]
    [InlineData(true, """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}}}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:ResourceTag/x":"*"}}}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{"iam:PassedToService":"*"}}}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","NotAction":"s3:ListAllMyBuckets","Resource":"*"}""")]
    [InlineData(true, """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","NotAction":"s3:ListAllMyBuckets","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::x/*"}""")]
    [InlineData(true, """{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::*"},{"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::*"}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"arn:aws:*:*:111122223333:*"}""")]
    [InlineData(true, """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/admin":"yes"}}}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"aws:CalledVia":"cloudformation.amazonaws.com"}}}""")]
    [InlineData(false, """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""")]
    public void Full_admin_is_what_statements_grant_together(bool isAdmin, string statements)
    {
        var policy = Given.Resource("AWS::IAM::ManagedPolicy", "p", "arn:aws:iam::111122223333:policy/p", $$$"""{"PolicyVersion":{"Document":{"Version":"2012-10-17","Statement":[{{{statements}}}]} } }""");

        Assert.Equal(isAdmin ? FindingStatus.Fail : FindingStatus.Pass, Given.Status(Given.Rule("AWS::IAM::ManagedPolicy", "{derived: policyIsFullAdmin, equals: false}"), policy));
    }

    [Theory]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"False"}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:SecureTransport":"false"}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SecureTransport":"true"}}}""")]
    [InlineData(true, """{"Effect":"Deny","NotPrincipal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""")]
    [InlineData(false, """{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","NotAction":"s3:GetObject","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","NotAction":"s3:GetObject","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":"arn:aws:s3:::other/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:SecureTransport":["false"]},"Null":{"aws:SecureTransport":"false"}}}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"s3:TlsVersion":"1.2"}}}""")]
    [InlineData(false, """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"},"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}""")]
    [InlineData(true, """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"},"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"},"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}""")]
    public void Requests_without_tls_are_denied_by_statements_together(bool denies, string statements)
    {
        var bucket = Given.Bucket("b", $$"""{"Policy":{"Version":"2012-10-17","Statement":[{{statements}}]} }""");

        Assert.Equal(denies ? FindingStatus.Pass : FindingStatus.Fail, Given.Status(Given.RuleOnBuckets("{derived: policyDeniesInsecureTransport, with: {field: Policy}}"), bucket));
    }

    private static string Statement(string allow, string condition) => $$"""{{{allow}},"Condition":{{condition}}}""";

    private static string Condition(string @operator, string key, string value) => $$"""{"{{@operator}}":{"{{key}}":"{{value}}"} }""";

    private static FindingStatus ListStatus(string policies) => Given.Status(
        Given.Rule("AWS::Lambda::Function", "{derived: policyIsPublic, with: {field: Policies}, equals: false}"),
        Given.Resource("AWS::Lambda::Function", "f", Function, $$"""{"Policies":{{policies}}}"""));

    private static void AssertPublic(bool isPublic, string arn, string statements) =>
        Assert.Equal(isPublic ? FindingStatus.Fail : FindingStatus.Pass, PublicStatus(arn, $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}"""));

    private static FindingStatus PublicStatus(string arn, string document)
    {
        var resource = Given.Resource("AWS::SQS::Queue", "q", arn, $$"""{"Policy":{{document}}}""");
        var organization = Given.Resource("AWS::Organizations::Organization", Organization, "arn:aws:organizations::111122223333:organization/" + Organization, $$"""{"Id":"{{Organization}}"}""");
        return Assessor.Assess(Given.Account(resource, organization), Given.Rule("AWS::SQS::Queue", "{derived: policyIsPublic, with: {field: Policy}, equals: false}")).Single(finding => finding.ResourceArn == arn).Status;
    }
}
