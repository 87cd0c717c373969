using System.Linq;
using CloudPosture.Text;

namespace CloudPosture.Tests.Text;

public sealed class NearNamesTests
{
    private static readonly string[] Services = ["mq", "s3", "sns", "sqs", "ssm", "s3control"];
    private static readonly string[] Benchmarks = ["nis2", "cis-aws-foundations-7.0.0", "cis-controls-8.1", "soc-2"];
    private static readonly string[] Rules = ["S3.BucketAclGrants", "S3.BucketVersioning", "SNS.TopicEncryption"];

    [Fact]
    public void A_short_name_is_near_by_one_letter() => Assert.Equal("s3", NearNames.Of("s33", Services)[0]);

    [Fact]
    public void Of_two_letters_not_both_are_wrong() => Assert.Empty(NearNames.Of("zz", Services));

    [Fact]
    public void A_mistyped_beginning_comes_before_a_name_that_is_half_another() =>
        Assert.Equal(["cis-aws-foundations-7.0.0", "cis-controls-8.1"], NearNames.Of("ciss", Benchmarks).Take(2));

    [Fact]
    public void Who_mistypes_the_beginning_of_long_names_is_offered_those() =>
        Assert.Equal(["S3.BucketAclGrants", "S3.BucketVersioning"], NearNames.Of("S3.Bukket", Rules));

    [Fact]
    public void The_nearest_comes_first() => Assert.Equal("s3control", NearNames.Of("s3contrl", Services)[0]);
}
