using System;
using System.Text.Json;
using CloudPosture.Aws;

namespace CloudPosture.Tests.Aws;

public sealed class PagerTests
{
    [Theory]
    [InlineData("iam", "ListUsers", """{"MaxItems":5}""", """{"IsTruncated":true,"Marker":"m"}""", """{"MaxItems":5,"Marker":"m"}""")]
    [InlineData("iam", "ListUsers", """{"Marker":"l"}""", """{"IsTruncated":true,"Marker":"m"}""", """{"Marker":"m"}""")]
    [InlineData("iam", "ListUsers", "{}", """{"IsTruncated":false,"Marker":"m"}""", null)]
    [InlineData("iam", "ListDelegationRequests", "{}", """{"isTruncated":true,"Marker":"m"}""", """{"Marker":"m"}""")]
    [InlineData("ec2", "DescribeInstances", "{}", """{"NextToken":"n"}""", """{"NextToken":"n"}""")]
    [InlineData("ec2", "DescribeInstances", "{}", """{"NextToken":""}""", null)]
    [InlineData("ec2", "DescribeInstances", "{}", """{"Reservations":[]}""", null)]
    [InlineData("cloudfront", "ListDistributions", "{}", """{"DistributionList":{"IsTruncated":true,"NextMarker":"n"}}""", """{"Marker":"n"}""")]
    [InlineData("s3", "ListBuckets", """{"MaxBuckets":1}""", """{"ContinuationToken":"c"}""", """{"MaxBuckets":1,"ContinuationToken":"c"}""")]
    [InlineData("iam", "GetRole", "{}", """{"Role":{}}""", null)]
    public void The_next_input_carries_the_position(string service, string operation, string input, string answer, string? expected)
    {
        var next = Pager.NextInput(Shipped.Content.Models.Get(service).Operation(operation), Json(input), Json(answer));

        Assert.Equal(expected, next?.GetRawText());
    }

    [Theory]
    [InlineData("iam", "ListUsers", """{"IsTruncated":true}""", "PageTokenMissing")]
    [InlineData("iam", "ListUsers", """{"IsTruncated":true,"Marker":""}""", "PageTokenMissing")]
    [InlineData("kms", "ListKeys", """{"Truncated":true,"NextMarker":null}""", "PageTokenMissing")]
    [InlineData("ec2", "DescribeInstances", """{"NextToken":"LONG"}""", "PageTokenTooLong")]
    public void More_without_a_place_to_look_for_it_is_an_error(string service, string operation, string answer, string code)
    {
        var problem = Assert.Throws<AwsServiceException>(() => Pager.NextInput(Shipped.Content.Models.Get(service).Operation(operation), Json("{}"), Json(answer.Replace("LONG", new string('x', 300_000)))));

        Assert.Equal((code, AwsErrorKind.Malformed), (problem.Code, problem.Kind));
    }

    [Fact]
    public void A_position_that_comes_again_ends_the_call_with_an_error()
    {
        var problem = Assert.Throws<AwsServiceException>(() =>
            Pager.NextInput(Shipped.Content.Models.Get("ec2").Operation("DescribeInstances"), Json("""{"NextToken":"n"}"""), Json("""{"NextToken":"n"}""")));

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
        Assert.Contains("ec2:DescribeInstances", problem.Message, StringComparison.Ordinal);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
