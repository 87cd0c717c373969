using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Retry;

namespace CloudPosture.Tests.Aws;

public sealed class EndpointTests
{
    // Host and signing Region as AWS's published endpoint rules give them; "fips" and "dual" ask for those endpoints.
    [Theory]
    [InlineData("ec2", "DescribeRegions", "eu-central-1", "", "ec2.eu-central-1.amazonaws.com", "eu-central-1")]
    [InlineData("ec2", "DescribeRegions", "eu-central-1", "dual", "ec2.eu-central-1.api.aws", "eu-central-1")]
    [InlineData("ec2", "DescribeRegions", "us-west-2", "fips", "ec2-fips.us-west-2.amazonaws.com", "us-west-2")]
    [InlineData("ec2", "DescribeRegions", "us-gov-west-1", "fips", "ec2.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("ec2", "DescribeRegions", "us-gov-west-1", "fips dual", "ec2-fips.us-gov-west-1.api.aws", "us-gov-west-1")]
    [InlineData("ec2", "DescribeRegions", "cn-north-1", "", "ec2.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("ec2", "DescribeRegions", "cn-north-1", "dual", "ec2.cn-north-1.api.amazonwebservices.com.cn", "cn-north-1")]
    [InlineData("ec2", "DescribeRegions", "eu-newplace-7", "", "ec2.eu-newplace-7.amazonaws.com", "eu-newplace-7")]
    [InlineData("iam", "ListUsers", "eu-central-1", "", "iam.amazonaws.com", "us-east-1")]
    [InlineData("iam", "ListUsers", "eu-central-1", "fips", "iam-fips.amazonaws.com", "us-east-1")]
    [InlineData("iam", "ListUsers", "eu-central-1", "dual", "iam.global.api.aws", "us-east-1")]
    [InlineData("iam", "ListUsers", "us-gov-east-1", "fips dual", "iam.us-gov.api.aws", "us-gov-west-1")]
    [InlineData("iam", "ListUsers", "cn-northwest-1", "", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("organizations", "ListRoots", "us-gov-east-1", "", "organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("organizations", "ListRoots", "cn-north-1", "", "organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1")]
    [InlineData("account", "ListRegions", "ap-south-2", "", "account.us-east-1.amazonaws.com", "us-east-1")]
    [InlineData("cloudfront", "ListDistributions", "eu-west-1", "", "cloudfront.amazonaws.com", "us-east-1")]
    [InlineData("cloudfront", "ListDistributions", "cn-north-1", "", "cloudfront.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1")]
    [InlineData("iam", "ListUsers", "eusc-de-east-1", "", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1")]
    [InlineData("ec2", "DescribeRegions", "eusc-de-east-1", "dual", "ec2.eusc-de-east-1.api.amazonwebservices.eu", "eusc-de-east-1")]
    [InlineData("sts", "GetCallerIdentity", "eu-west-1", "", "sts.eu-west-1.amazonaws.com", "eu-west-1")]
    [InlineData("sts", "GetCallerIdentity", "us-gov-west-1", "fips", "sts.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("s3", "ListBuckets", "us-east-1", "fips dual", "s3-fips.dualstack.us-east-1.amazonaws.com", "us-east-1")]
    [InlineData("efs", "DescribeFileSystems", "us-east-1", "fips dual", "efs-fips.us-east-1.api.aws", "us-east-1")]
    [InlineData("accessanalyzer", "ListAnalyzers", "us-gov-east-1", "fips", "access-analyzer.us-gov-east-1.amazonaws.com", "us-gov-east-1")]
    [InlineData("cloudwatch", "DescribeAlarms", "us-gov-east-1", "fips dual", "monitoring.us-gov-east-1.api.aws", "us-gov-east-1")]
    public async Task Hosts_follow_partition_and_wishes(string service, string operation, string region, string wishes, string host, string signingRegion)
    {
        var request = await SendAsync(service, operation, region, new AwsClientOptions
        {
            UseFips = wishes.Contains("fips", StringComparison.Ordinal),
            UseDualStack = wishes.Contains("dual", StringComparison.Ordinal),
            Environment = _ => null,
        });

        Assert.Equal(host, request.RequestUri!.Host);
        Assert.Contains($"/{signingRegion}/", request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.1:4566")]
    [InlineData("http://aws.example")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("not an address")]
    [InlineData("https://user:password@aws.example")]
    public async Task An_endpoint_that_would_leak_or_cannot_work_is_refused(string url)
    {
        var problem = await Assert.ThrowsAsync<AwsConfigurationException>(() =>
            SendAsync("iam", "ListUsers", "us-east-1", new AwsClientOptions { Environment = name => name == "AWS_ENDPOINT_URL" ? url : null }));

        Assert.Contains("AWS_ENDPOINT_URL", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_given_as_an_option_is_refused_at_once() =>
        Assert.Throws<AwsConfigurationException>(() => new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = new Uri("http://aws.example") }));

    [Theory]
    [InlineData("http://127.0.0.1:4566/")]
    [InlineData("http://[::1]:4566")]
    [InlineData("http://localhost:4566")]
    [InlineData("https://vpce.example/base")]
    public async Task Endpoints_of_the_environment_are_honoured_the_service_s_own_first(string url)
    {
        var environment = new Dictionary<string, string> { ["AWS_ENDPOINT_URL_S3"] = url, ["AWS_ENDPOINT_URL"] = "https://other.example" };
        var options = new AwsClientOptions { Environment = name => environment.GetValueOrDefault(name) };

        var s3 = await SendAsync("s3", "GetBucketAcl", "eu-west-1", options, new { Bucket = "some-bucket" });
        var iam = await SendAsync("iam", "ListUsers", "eu-west-1", options);

        Assert.Equal(url.TrimEnd('/') + "/some-bucket?acl", s3.RequestUri!.AbsoluteUri);
        Assert.Equal("https://other.example/", iam.RequestUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("us-east-1.evil.example")]
    [InlineData("")]
    public async Task What_is_no_Region_is_refused(string region)
    {
        var problem = await Assert.ThrowsAsync<AwsConfigurationException>(() => SendAsync("ec2", "DescribeRegions", region, new AwsClientOptions { Environment = _ => null }));

        Assert.Contains($"'{region}'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_RETRY_MODE", "sometimes")]
    [InlineData("AWS_MAX_ATTEMPTS", "0")]
    [InlineData("AWS_MAX_ATTEMPTS", "many")]
    public void Retry_settings_that_mean_nothing_are_refused(string variable, string value)
    {
        var problem = Assert.Throws<AwsConfigurationException>(() => RetryPolicy.FromEnvironment(name => name == variable ? value : null));

        Assert.Contains(variable, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1.0, 1)]
    [InlineData(4, 0.5, 4)]
    [InlineData(50, 1.0, 20)]
    public void Pauses_double_up_to_twenty_seconds(int failures, double random, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPolicy.Delay(failures, random: random));
        Assert.Equal(TimeSpan.FromSeconds(30), RetryPolicy.Delay(failures, TimeSpan.FromSeconds(30), random));
    }

    private static async Task<System.Net.Http.HttpRequestMessage> SendAsync(string service, string operation, string region, AwsClientOptions options, object? input = null)
    {
        var transport = StubTransport.Of("", 403);
        using var client = transport.Client(options);
        try
        {
            using var answer = await client.SendAsync(StubTransport.Call(service, operation, input, region), CancellationToken.None);
        }
        catch (AwsServiceException)
        {
            // The request is what counts.
        }

        return transport.Requests.Single();
    }
}
