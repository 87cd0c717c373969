using System;
using System.Linq;
using CloudPosture.Assessment.Policies;

namespace CloudPosture.Tests.Assessment;

/// <summary>No valid policy stalls an assessment, be it made to.</summary>
public sealed class HardPolicyTests
{
    private const int LongestPolicy = 20_480;

    // Very far above what a judgement takes, and as far below what trying every combination did. Memory tells of work what a clock does on an idle machine alone.
    private const long MostBytes = 1L << 30;

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
}
