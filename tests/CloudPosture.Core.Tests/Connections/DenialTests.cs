using CloudPosture.Aws.Credentials;

namespace CloudPosture.Tests.Connections;

public sealed class DenialTests
{
    private const string Start = "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/r";

    [Theory]
    [InlineData("", DenialReason.Unknown, false)]
    [InlineData(" because no identity-based policy allows the sts:AssumeRole action", DenialReason.IdentityPolicy, false)]
    [InlineData(" with an explicit deny in an identity-based policy", DenialReason.IdentityPolicy, true)]
    [InlineData(" because no role trust policy allows the sts:AssumeRole action", DenialReason.TrustPolicy, false)]
    [InlineData(" because no resource-based policy allows the sts:AssumeRole action", DenialReason.TrustPolicy, false)]
    [InlineData(" with an explicit deny in the role trust policy", DenialReason.TrustPolicy, true)]
    [InlineData(" with an explicit deny in a service control policy", DenialReason.ServiceControlPolicy, true)]
    [InlineData(" because no service control policy allows the sts:AssumeRole action", DenialReason.ServiceControlPolicy, false)]
    [InlineData(" with an explicit deny in a resource control policy", DenialReason.ResourceControlPolicy, true)]
    [InlineData(" because no permissions boundary allows the sts:AssumeRole action", DenialReason.PermissionsBoundary, false)]
    [InlineData(" because no session policy allows the sts:AssumeRole action", DenialReason.SessionPolicy, false)]
    [InlineData(" because no VPC endpoint policy allows the sts:AssumeRole action", DenialReason.EndpointPolicy, false)]
    public void The_kind_of_policy_is_read_from_the_message(string end, DenialReason reason, bool isExplicit)
    {
        var denial = Denial.Parse(Start + end);
        Assert.Equal(("arn:aws:iam::111122223333:user/ann", "sts:AssumeRole", "arn:aws:iam::444455556666:role/r"), (denial.Caller, denial.Action, denial.Resource));
        Assert.Equal((reason, isExplicit), (denial.Reason, denial.IsExplicit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Access Denied")]
    public void A_message_that_says_nothing_gives_nothing(string message) => Assert.Equal(new Denial(), Denial.Parse(message));
}
