using CloudPosture.Onboarding.Policies;

namespace CloudPosture.Tests.Onboarding;

public sealed class PolicyStructureTests
{
    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":{"ForSomeValue:StringLike":{"aws:x":"y"}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":{"StringSame":{"aws:x":"y"}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":{"NullIfExists":{"aws:x":"true"}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":{"StringLike":{"aws:x":{"y":1}}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":{"StringLike":{"SourceIp":"y"}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:*:*:*:*"}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:amazon:s3:::b"}""")]
    public void What_iam_refuses_is_malformed(string statement) => Assert.Contains(Issues(statement, "\"1\""), issue => issue.Kind == PolicyIssueKind.Malformed);

    [Fact]
    public void An_id_is_a_text() => Assert.Contains(Issues("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}""", "1"), issue => issue.Kind == PolicyIssueKind.Malformed);

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws-eusc:s3:::b*","Condition":{"forallvalues:stringlikeifexists":{"aws:x/y":["a",1,true]}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::*","Condition":{"Null":{"aws:x":true}}}""")]
    public void What_iam_takes_is_not(string statement) => Assert.DoesNotContain(Issues(statement, "\"1\""), issue => issue.Kind == PolicyIssueKind.Malformed);

    private static System.Collections.Generic.IReadOnlyList<PolicyIssue> Issues(string statement, string id) =>
        new PolicyLinter(Shipped.Content.Catalog).Check($$"""{"Version":"2012-10-17","Id":{{id}},"Statement":[{{statement}}]}""");
}
