using System.Collections.Generic;
using CloudPosture.Assessment.Access;

namespace CloudPosture.Tests.Assessment;

public sealed class AccessEvaluatorTests
{
    private const string RoleX = "arn:aws:iam::111122223333:role/x";
    private const string RoleY = "arn:aws:iam::111122223333:role/y";
    private const string Full = """{"Effect":"Allow","Action":"*","Resource":"*"}""";
    private const string Pass = """{"Sid":"Pass","Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/y","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}}""";

    [Theory]
    [InlineData("ec2.amazonaws.com", Full, Full, AccessOutcome.Allowed)]
    [InlineData("lambda.amazonaws.com", Full, Full, AccessOutcome.NotAllowed)]
    [InlineData(null, Full, Full, AccessOutcome.Unknown)]
    [InlineData("ec2.amazonaws.com", """{"Effect":"Allow","Action":"s3:*","Resource":"*"}""", Full, AccessOutcome.NotAllowed)]
    [InlineData("ec2.amazonaws.com", Full, """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}""", AccessOutcome.Denied)]
    [InlineData("ec2.amazonaws.com", Full, """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/x":"y"}}}""", AccessOutcome.Unknown)]
    [InlineData("ec2.amazonaws.com", Full, """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/z"}}}""", AccessOutcome.Allowed)]
    public void Passing_a_role_hangs_on_identity_boundary_and_control_policies(string? service, string boundary, string control, AccessOutcome expected)
    {
        var request = new AccessRequest(RoleX, "iam:passrole", RoleY)
        {
            Context = service is null ? new Dictionary<string, IReadOnlyList<string>>() : new Dictionary<string, IReadOnlyList<string>> { ["iam:PassedToService"] = [service] },
        };
        var decision = AccessEvaluator.Decide(request, new AccessPolicies { Identity = [Policy("own", Pass)], Boundary = Policy("boundary", boundary), Control = [[Policy("scp", control)]] });

        Assert.Equal(expected, decision.Outcome);
        if (expected == AccessOutcome.Allowed)
        {
            Assert.Equal(["own: statement Pass", "scp: statement 1", "boundary: statement 1"], decision.DecidedBy);
        }
    }

    [Fact]
    public void A_deny_is_named() => Assert.Equal(
        ["own: statement No"],
        AccessEvaluator.Decide(new AccessRequest(RoleX, "s3:GetObject", "arn:aws:s3:::b/k"), new AccessPolicies { Identity = [Policy("own", Full + """,{"Sid":"No","Effect":"Deny","Action":"s3:Get*","Resource":"*"}""")] }).DecidedBy);

    [Theory]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}""", "", AccessOutcome.NotAllowed)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}""", Full, AccessOutcome.Allowed)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/x"},"Action":"sts:AssumeRole"}""", "", AccessOutcome.Allowed)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}""", Full, AccessOutcome.NotAllowed)]
    public void A_role_is_assumed_by_whom_its_trust_policy_names(string trust, string identity, AccessOutcome expected) => Assert.Equal(expected, AccessEvaluator.Decide(
        new AccessRequest(RoleX, "sts:AssumeRole", RoleY),
        new AccessPolicies { Identity = [Policy("own", identity)], Resource = Policy("trust", trust) }).Outcome);

    [Theory]
    [InlineData("", Full, AccessOutcome.NotAllowed)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sqs:*","Resource":"*"}""", Full, AccessOutcome.Allowed)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sqs:*","Resource":"*"}""", "", AccessOutcome.NotAllowed)]
    public void Between_accounts_both_sides_must_allow(string resource, string identity, AccessOutcome expected) => Assert.Equal(expected, AccessEvaluator.Decide(
        new AccessRequest(RoleX, "sqs:SendMessage", "arn:aws:sqs:eu-central-1:444455556666:q"),
        new AccessPolicies { Identity = [Policy("own", identity)], Resource = Policy("queue", resource) }).Outcome);

    [Fact]
    public void A_policy_that_was_not_read_leaves_the_answer_open() => Assert.Equal(
        AccessOutcome.Unknown,
        AccessEvaluator.Decide(new AccessRequest(RoleX, "s3:ListBucket", "arn:aws:s3:::b"), new AccessPolicies { Identity = [new AccessPolicy("own", null)] }).Outcome);

    private static AccessPolicy Policy(string name, string statements) => new(name, $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");
}
