using System;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Tests.Escalation;

namespace CloudPosture.Tests.Assessment;

/// <summary>The questions about IAM resources that no operator can express.</summary>
public sealed class IdentityQuestionTests
{
    private const string Escalates = "{derived: policyAllows, with: {sets: [[\"iam:PassRole\", \"ec2:RunInstances\"]]}}";
    private const string DecryptsAll = "{derived: policyAllows, with: {sets: [[\"kms:Decrypt\"]], resource: \"arn:{partition}:kms:*:*:key/*\"}}";

    private const string AllOfKms = "{derived: policyAllows, with: {sets: [[\"kms:*\"]], everyResource: true}}";
    private const string AssumesAny = "{derived: policyAllows, with: {sets: [[\"sts:AssumeRole\"]], resource: \"arn:{partition}:iam::{account}:role/*\", anyAccount: true}}";

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
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """{"Effect":"Allow","Action":"servicetocome:*","Resource":"*"}""", FindingStatus.Pass)]
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """[{"Effect":"Allow","Action":"sqs:[abc]*","Resource":"*"},{"Effect":"Allow","NotAction":"*","Resource":"*"}]""", FindingStatus.Fail)]
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"kms:*","Resource":"*"}]""", FindingStatus.Pass)]
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]""", FindingStatus.Fail)]
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","NotAction":"kms:*","Resource":"*"}]""", FindingStatus.Fail)]
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", FindingStatus.Pass)]
    [InlineData("{derived: policyAllows, with: {serviceWildcard: true}}", """{"Effect":"Allow","NotAction":"*:*Bucket","Resource":"*"}""", FindingStatus.Pass)]
    [InlineData(Escalates, """{"Effect":"Allow","Action":["iam:PassRole","ec2:*"],"Resource":"arn:aws:iam::111122223333:role/x"}""", FindingStatus.Fail)]
    [InlineData(Escalates, """{"Effect":"Allow","Action":["iam:PassRole","ec2:*"],"Resource":["arn:aws:iam::111122223333:role/x","arn:aws:ec2:*:*:instance/*"]}""", FindingStatus.Pass)]
    public void A_policy_allows_what_all_its_statements_together_allow(string condition, string statements, FindingStatus expected) =>
        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets(condition), Given.Bucket("b", $$$"""{"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Statement":{{{statements}}}}}]}""")));

    [Theory]
    [InlineData(AllOfKms, """{"Effect":"Allow","Action":"kms:?*","Resource":"*"}""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","NotAction":"kms:Decrypt","Resource":"*"},{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":["kms:A*","kms:B*","kms:C*","kms:D*","kms:E*","kms:F*","kms:G*","kms:H*"],"Resource":"*"},{"Effect":"Allow","NotAction":["kms:A*","kms:B*","kms:C*","kms:D*","kms:E*","kms:F*","kms:G*","kms:H*"],"Resource":"*"}]""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """{"Effect":"Allow","NotAction":"kms:NoSuchAction","Resource":"*"}""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """{"Effect":"Allow","Action":"kms:*","NotResource":"arn:aws:kms:eu-west-1:111122223333:key/one"}""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":"kms:*","Resource":"*"},{"Effect":"Deny","Action":"kms:*","Resource":"arn:aws:kms:eu-west-1:111122223333:key/one"}]""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """{"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}}}""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":"kms:*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":"kms:*","Resource":"*"},{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}]""", FindingStatus.Pass)]
    [InlineData(AllOfKms, """{"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"444455556666"}}}""", FindingStatus.Fail)]
    [InlineData(AllOfKms, """{"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{"Null":{"aws:PrincipalArn":"true"}}}""", FindingStatus.Fail)]
    [InlineData(AllOfKms, """{"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{"Bool":{"aws:PrincipalIsAWSService":"true"}}}""", FindingStatus.Fail)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"*"}}}]""", FindingStatus.Fail)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}},{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]""", FindingStatus.Fail)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kms:De*","Resource":"*"},{"Effect":"Deny","NotAction":"kms:De*","Resource":"*"}]""", FindingStatus.Fail)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kms:*","Resource":"arn:aws:kms:*"},{"Effect":"Deny","Action":"*","NotResource":"arn:aws:kms:*"}]""", FindingStatus.Fail)]
    [InlineData(AllOfKms, """[{"Effect":"Allow","Action":"kms:*","Resource":"*"},{"Effect":"Deny","Action":["kms:Decrypt","kms:ScheduleKeyDeletion"],"Resource":"*"}]""", FindingStatus.Fail)]
    [InlineData(DecryptsAll, """{"Effect":"Allow","Action":"kms:Decrypt","NotResource":"arn:aws:kms:eu-west-1:111122223333:key/one"}""", FindingStatus.Pass)]
    [InlineData(DecryptsAll, """{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:*:*:key/${aws:PrincipalTag/key}"}""", FindingStatus.Fail)]
    [InlineData(DecryptsAll, """[{"Effect":"Allow","Action":"kms:*","Resource":"*"},{"Effect":"Deny","Action":"kms:Decrypt","Resource":"arn:aws:kms:*:*:key/*"}]""", FindingStatus.Fail)]
    [InlineData(Escalates, """[{"Effect":"Allow","Action":["iam:PassRole","ec2:*"],"Resource":"arn:aws:iam::111122223333:role/x"},{"Effect":"Deny","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/*"}]""", FindingStatus.Fail)]
    [InlineData(Escalates, """[{"Effect":"Allow","Action":["iam:PassRole","ec2:*"],"Resource":"*"},{"Effect":"Deny","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/x"}]""", FindingStatus.Pass)]
    [InlineData(AssumesAny, """[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/deploy-*"},{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*","Condition":{"StringNotEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}}]""", FindingStatus.Fail)]
    [InlineData(AssumesAny, """[{"Effect":"Allow","Action":"sts:AssumeRole","NotResource":"arn:aws:iam::111122223333:*"}]""", FindingStatus.Pass)]
    [InlineData(AssumesAny, """[{"Effect":"Allow","Action":"sts:*","Resource":"*"},{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"arn:aws:iam::111122223333:role/*"}]""", FindingStatus.Pass)]
    public void Statements_are_judged_together(string condition, string statements, FindingStatus expected) =>
        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets(condition), Given.Bucket("b", $$$"""{"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":{{{statements}}}}}]}""")));

    [Theory]
    [InlineData("""{"user":"ann","arn":"arn:u","mfa_active":false}""", null, FindingStatus.Fail)]
    [InlineData("""{"user":"ann","arn":"arn:u"}""", "mfa_active", FindingStatus.NotAssessed)]
    [InlineData("""{"user":"other","arn":"arn:o"}""", "mfa_active", FindingStatus.Fail)]
    public void A_member_is_without_a_second_factor_where_the_report_says_so(string line, string? unread, FindingStatus expected) => Assert.Equal(expected, Given.Status(
        Given.Rule("AWS::IAM::Group", "{derived: membersWithoutMfa, equals: 0}"),
        Given.Resource("AWS::IAM::Group", "admins", "arn:aws:iam::111122223333:group/admins", """{"GroupName":"admins"}"""),
        Given.Resource("AWS::IAM::User", "ann", "arn:u", """{"UserName":"ann","GroupList":["admins"]}"""),
        Given.Resource("AWS::IAM::CredentialReport", "line", "arn:u", line, gaps: unread is null ? null : [Given.Gap("AWS::IAM::CredentialReport", unread)])));

    [Fact]
    public void The_statements_that_decide_are_named() => Assert.Contains(
        "inline policy p: allows iam:PassRole and ec2:RunInstances by statement 1, statement Machines",
        Given.Finding(Given.RuleOnBuckets(Escalates.Replace("}}", "}, equals: 0}")), Given.Bucket("b", """{"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"},{"Sid":"Machines","Effect":"Allow","Action":"ec2:*","Resource":"*"}]}}]}""")).Evidence);

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/r"}}}""", FindingStatus.Pass)]
    [InlineData("""{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/other"}}}""", FindingStatus.Fail)]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:CreateUser","Resource":"*"},{"Effect":"Allow","Action":"iam:CreateUser","Resource":"*"}""", FindingStatus.Pass)]
    [InlineData("""{"Effect":"Allow","Action":"iam:C*","Resource":"*"},{"Effect":"Allow","Action":"iam:D*","Resource":"*"}""", FindingStatus.Fail)]
    public void An_identity_is_judged_by_all_of_its_statements(string statements, FindingStatus expected)
    {
        var rules = Given.RuleOnBuckets("{derived: identityAllows, with: {field: Role, actions: [\"iam:*\"]}, equals: true}");
        const string Arn = "arn:aws:iam::111122223333:role/r";
        var role = Given.Resource("AWS::IAM::Role", "r", Arn, $$$"""{"AttachedManagedPolicies":[],"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":[{{{statements}}}] } }]}""");

        Assert.Equal(expected, Given.Status(rules, Given.Bucket("b", $$"""{"Role":"{{Arn}}"}"""), role));
    }

    [Fact]
    public void Denies_that_except_the_same_principals_are_judged_together() => Assert.Equal(FindingStatus.Pass, Given.Status(
        Given.RuleOnBuckets("{derived: policyDeniesOthers, with: {field: Policy}}"),
        Given.Bucket("b", $$"""{"Policy":{"Statement":[{{Excepting("\"Action\":\"secretsmanager:Get*\"")}},{{Excepting("\"NotAction\":\"secretsmanager:Get*\"")}}] } }""")));

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

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", FindingStatus.Fail)]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*"}""", FindingStatus.Pass)]
    [InlineData(null, FindingStatus.NotAssessed)]
    public void A_boundary_that_is_too_hard_to_judge_leaves_open_what_it_lets_through(string? boundary, FindingStatus expected)
    {
        const string Role = "arn:aws:iam::111122223333:role/admin";
        const string Policy = "arn:aws:iam::111122223333:policy/boundary";
        Resource[] account =
        [
            Given.Resource("AWS::IAM::User", "ann", "arn:aws:iam::111122223333:user/ann", """{"UserName":"ann","UserPolicyList":[{"PolicyName":"p","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}}]}"""),
            Given.Resource("AWS::IAM::Role", "admin", Role, $$$"""{"RoleName":"admin","PermissionsBoundary":{"PermissionsBoundaryArn":"{{{Policy}}}"},"AssumeRolePolicyDocument":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]},"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}]}"""),
            Given.Resource("AWS::IAM::ManagedPolicy", "boundary", Policy, $$$"""{"PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{"Version":"2012-10-17","Statement":[{{{boundary ?? string.Join(",", HardBoundary.Statements)}}}]}}]}"""),
        ];
        var finding = Assert.Single(Assessor.Assess(new MemorySnapshot(Shipped.Content.Catalog.Names, account) { AccountId = Given.AccountId, HarvestedAt = Given.Now }, Given.Rule("AWS::IAM::User", "{derived: canBecomeAdmin, equals: false}")));

        Assert.Equal(expected, finding.Status);
        Assert.Equal(expected == FindingStatus.NotAssessed, finding.Evidence.Contains("whether role admin may do everything could not be judged", StringComparison.Ordinal));
    }

    private static string Excepting(string actions) =>
        $$$"""{"Effect":"Deny","Principal":"*",{{{actions}}},"Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/app"} } }""";
}
