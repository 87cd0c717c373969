using System;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

/// <summary>No valid policy stalls an assessment, be it made to.</summary>
public sealed class HardPolicyTests
{
    private const int LongestPolicy = 20_480;

    // Very far above what a judgement takes, and as far below what trying every combination did. Memory tells of work what a clock does on an idle machine alone.
    private const long MostBytes = 1L << 30;

    // What a question may take at most is bounded by its work; this is a few times that.
    private const long MostBytesOfOneQuestion = 1L << 26;

    [Theory]
    [InlineData(30, 5)]
    [InlineData(100, 20)]
    [InlineData(250, 60)]
    public void Principals_times_actions_times_resources_times_denies_stay_quick(int count, int denies)
    {
        string Texts(string form, int step) => string.Join(",", Enumerable.Range(0, count).Where(i => i % step == 0).Select(i => $"\"{string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i)}\""));
        var allow = $$"""{"Effect":"Allow","Principal":{"AWS":[{{Texts("{0:D12}", 1)}}]},"Action":[{{Texts("s3:Get{0}*", 1)}}],"Resource":[{{Texts("arn:aws:s3:::b/{0}/*", 1)}}]}""";
        var refusing = Enumerable.Range(0, denies).Select(i => $$"""{"Effect":"Deny","Principal":{"AWS":"{{i:D12}}"},"Action":["s3:*{{i}}*"],"Resource":["arn:aws:s3:::b/*{{i}}/*"],"Condition":{"StringNotLike":{"aws:PrincipalTag/t{{i}}":"x{{i}}*"} } }""");
        var document = $$"""{"Version":"2012-10-17","Statement":[{{allow}},{{string.Join(",", refusing)}}]}""";
        var policy = PolicyDocument.Parse(document)!;
        var target = PolicyTarget.Of("arn:aws:s3:::b");

        var before = GC.GetAllocatedBytesForCurrentThread();
        ResourcePolicy.ExposureOf(policy, new Owner("111122223333"), target);
        TransportPolicy.DeniesInsecure(policy, new Owner("111122223333"), target);

        Assert.InRange(document.Length, 1, 2 * LongestPolicy);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }

    // Denies of all but 80 patterns each: what the Allow and one pattern of each match is one of very many.
    [Theory]
    [InlineData(10, 80, "", true)]
    [InlineData(10, 80, """,{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}""", false)]
    [InlineData(9, 80, """,{"Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":["arn:aws:s3:::b/x?x","arn:aws:s3:::b/x??x"]}""", false)]
    [InlineData(80, 10, "", true)]
    public void Exceptions_from_many_denies_stay_quick(int denies, int exceptions, string further, bool isPublic)
    {
        var refusing = string.Join(",", Enumerable.Range(0, denies).Select(deny =>
            $$"""{"Effect":"Deny","Principal":"*","Action":"*","NotResource":[{{string.Join(",", Enumerable.Range(0, exceptions).Select(i => $"\"arn:aws:s3:::b/*{(char)('a' + (i % 26))}*{(char)('a' + (((i / 26) + deny) % 26))}*\""))}}]}"""));
        var policy = PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},{{refusing}}{{further}}]}""")!;

        var (exposure, bytes) = Judged(policy);

        Assert.Equal(isPublic, exposure.Reach == Reach.Public);
        Assert.InRange(bytes, 0, MostBytesOfOneQuestion);
    }

    [Fact]
    public void Patterns_as_long_as_a_policy_stay_quick()
    {
        string Long(string form) => string.Concat(Enumerable.Repeat(form, LongestPolicy / 2 / form.Length));
        var policy = PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/{{Long("*a")}}*"},{"Effect":"Deny","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::b/{{Long("*b")}}*"}]}""")!;

        var (exposure, bytes) = Judged(policy);

        Assert.True(exposure.IsUndecided || exposure.Reach == Reach.Public);
        Assert.InRange(bytes, 0, MostBytesOfOneQuestion);
    }

    [Fact]
    public void A_role_too_hard_to_judge_is_neither_administrator_nor_none()
    {
        string Long(string form) => string.Concat(Enumerable.Repeat(form, LongestPolicy / 4 / form.Length));
        var role = Given.Resource("AWS::IAM::Role", "r", "arn:aws:iam::111122223333:role/r", $$"""
            {"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Statement":[
              {"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/t":"{{Long("*a")}}*"} } },
              {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotLike":{"aws:PrincipalTag/t":"{{Long("*b")}}*"} } }]} }]}
            """);
        var bucket = Given.Bucket("b", """{"Roles":["arn:aws:iam::111122223333:role/r"]}""");

        var held = Assessor.Assess(Given.Account(role, bucket), Given.RuleOnBuckets("{derived: adminRoles, with: {field: Roles}, equals: 0}")).Single(found => found.ResourceArn == bucket.Arn);
        var own = Given.Status(Given.Rule("AWS::IAM::Role", "{derived: inlineFullAdmin, equals: false}"), role);

        Assert.Equal((FindingStatus.NotAssessed, FindingStatus.NotAssessed), (held.Status, own));
    }

    private static (Exposure Exposure, long Bytes) Judged(PolicyDocument policy)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var exposure = ResourcePolicy.Public(policy, new Owner("111122223333"), PolicyTarget.Of("arn:aws:s3:::b"));
        return (exposure, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
