using CloudPosture.Lake;

namespace CloudPosture.Tests.Assessment;

/// <summary>The questions about IAM resources that no operator can express.</summary>
public sealed class IdentityQuestionTests
{
    private const string Escalates = "{derived: policyAllows, with: {sets: [[\"iam:PassRole\", \"ec2:RunInstances\"]]}}";
    private const string DecryptsAll = "{derived: policyAllows, with: {sets: [[\"kms:Decrypt\"]], resource: \"arn:{partition}:kms:*:*:key/*\"}}";

    [Theory]
    [InlineData(Escalates, """{"Effect":"Allow","Action":["iam:PassRole","ec2:*"],"Resource":"*"}""", FindingStatus.Pass)]
    [InlineData(Escalates, """[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"},{"Effect":"Allow","Action":"EC2:runinstances","Resource":"*"}]""", FindingStatus.Pass)]
    [InlineData(Escalates, """{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}""", FindingStatus.Fail)]
    [InlineData(Escalates, """[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}]""", FindingStatus.Fail)]
    [InlineData(Escalates, """[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{"Bool":{"aws:ViaAWSService":"true"}}}]""", FindingStatus.Pass)]
    [InlineData(DecryptsAll, """{"Effect":"Allow","Action":"kms:*","Resource":"arn:aws:kms:*:*:key/*"}""", FindingStatus.Pass)]
    [InlineData(DecryptsAll, """{"Effect":"Allow","Action":"kms:*","Resource":"arn:aws:kms:eu-west-1:111122223333:key/*"}""", FindingStatus.Fail)]
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::one"}""", FindingStatus.Pass)]
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}""", FindingStatus.Fail)]
    public void A_policy_allows_what_all_its_statements_together_allow(string condition, string statements, FindingStatus expected) =>
        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets(condition), Given.Bucket("b", $$$"""{"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Statement":{{{statements}}}}}]}""")));

    [Theory]
    [InlineData("""{"AWS":"*"},"Action":"secretsmanager:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/app"}}""", FindingStatus.Pass)]
    [InlineData("""{"AWS":"*"},"Action":"secretsmanager:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}""", FindingStatus.Fail)]
    [InlineData("""{"AWS":"*"},"Action":"secretsmanager:GetSecretValue","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/app"}}""", FindingStatus.Fail)]
    [InlineData("""{"AWS":"*"},"Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/app"},"Bool":{"aws:SecureTransport":"false"}}""", FindingStatus.Fail)]
    public void A_policy_denies_others_only_where_it_excepts_named_principals_alone(string principal, FindingStatus expected) =>
        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets("{derived: policyDeniesOthers, with: {field: Policy}}"), Given.Bucket("b", $$$"""{"Policy":{"Statement":{"Effect":"Deny","Principal":{{{principal}}} } } }""")));

    [Theory]
    [InlineData("""{"of":5,"minus":3}""", FindingStatus.Fail)]
    [InlineData("""{"of":5,"minus":2}""", FindingStatus.Pass)]
    [InlineData("""{"of":5}""", FindingStatus.Fail)]
    public void A_difference_needs_both_numbers(string configuration, FindingStatus expected) =>
        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets("{derived: difference, with: {of: of, minus: minus}, greater: 2}"), Given.Bucket("b", configuration)));

    [Fact]
    public void A_role_that_was_not_read_is_neither_administrator_nor_none() =>
        Assert.Equal(FindingStatus.NotAssessed, Given.Status(Given.RuleOnBuckets("{derived: adminRoles, with: {field: Roles}, equals: 0}"), Given.Bucket("b", """{"Roles":["arn:aws:iam::111122223333:role/unknown"]}""")));
}
