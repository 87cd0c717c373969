using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Retry;

namespace CloudPosture.Tests.Aws;

public sealed class ErrorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("iam", "ListUsers", 404, "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>No such role.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>", "NoSuchEntity", AwsErrorKind.NotFound, "r-1")]
    [InlineData("iam", "ListUsers", 400, "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>", "Throttling", AwsErrorKind.Throttled, null)]
    [InlineData("ec2", "DescribeRegions", 403, "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized</Message></Error></Errors><RequestID>r-2</RequestID></Response>", "UnauthorizedOperation", AwsErrorKind.AccessDenied, "r-2")]
    [InlineData("ec2", "DescribeRegions", 503, "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Slow</Message></Error></Errors></Response>", "RequestLimitExceeded", AwsErrorKind.Throttled, null)]
    [InlineData("s3", "ListBuckets", 503, "<Error><Code>SlowDown</Code><Message>Reduce</Message><RequestId>r-3</RequestId><HostId>h</HostId></Error>", "SlowDown", AwsErrorKind.Throttled, "r-3")]
    [InlineData("s3", "ListBuckets", 503, "<Error><Code>ServiceUnavailable</Code><Message>Please reduce your request rate</Message></Error>", "ServiceUnavailable", AwsErrorKind.Throttled, null)]
    [InlineData("s3", "ListBuckets", 503, "<html>gateway</html>", "503", AwsErrorKind.Transient, null)]
    [InlineData("iam", "ListUsers", 503, "<ErrorResponse><Error><Code>ServiceUnavailable</Code></Error></ErrorResponse>", "ServiceUnavailable", AwsErrorKind.Transient, null)]
    [InlineData("cloudfront", "ListDistributions", 403, "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>No</Message></Error></ErrorResponse>", "AccessDenied", AwsErrorKind.AccessDenied, null)]
    [InlineData("kms", "ListKeys", 400, "{\"__type\":\"com.amazonaws.kms#AccessDeniedException\",\"Message\":\"No\"}", "AccessDeniedException", AwsErrorKind.AccessDenied, null)]
    [InlineData("kms", "ListKeys", 400, "{\"__type\":\"ExpiredTokenException\",\"message\":\"Expired\"}", "ExpiredTokenException", AwsErrorKind.ExpiredCredentials, null)]
    [InlineData("kms", "ListKeys", 400, "{\"__type\":\"UnrecognizedClientException\",\"message\":\"Invalid\"}", "UnrecognizedClientException", AwsErrorKind.InvalidCredentials, null)]
    [InlineData("cloudformation", "ListStacks", 400, "<ErrorResponse><Error><Code>LimitExceededException</Code><Message>Too many stacks</Message></Error></ErrorResponse>", "LimitExceededException", AwsErrorKind.Other, null)]
    [InlineData("lambda", "ListFunctions", 500, "{\"Message\":\"oops\"}", "500", AwsErrorKind.Transient, null)]
    [InlineData("lambda", "ListFunctions", 502, "<html><title>Bad Gateway</title></html>", "502", AwsErrorKind.Transient, null)]
    [InlineData("lambda", "ListFunctions", 429, "", "429", AwsErrorKind.Throttled, null)]
    public async Task Errors_of_each_protocol_are_read(string service, string operation, int status, string wire, string code, AwsErrorKind kind, string? requestId)
    {
        var problem = await StubTransport.Of(wire, status).FailAsync(StubTransport.Call(service, operation));

        Assert.Equal((code, kind, status, requestId), (problem.Code, problem.Kind, problem.HttpStatus, problem.RequestId));
        Assert.Equal((service, operation, "us-east-1", "111122223333"), (problem.Service, problem.Operation, problem.Region, problem.AccountId));
        Assert.Contains(code, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(407)]
    public async Task A_page_of_somebody_between_is_no_refusal_of_AWS(int status)
    {
        var error = await StubTransport.Of("<html><body>Blocked by the gateway of planted.example</body></html>", status).FailAsync(StubTransport.Call("sts", "GetCallerIdentity"));

        Assert.Equal(AwsErrorKind.Malformed, error.Kind);
        Assert.Contains("proxy or gateway", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sts", 404, "<html><body>Not Found</body></html>")]
    [InlineData("sts", 501, "<html><body>Not Implemented</body></html>")]
    [InlineData("iam", 400, "<ErrorResponse><Error><Code>InvalidAction</Code><Message>Could not find operation</Message></Error></ErrorResponse>")]
    [InlineData("kms", 400, "{\"__type\":\"UnknownOperationException\"}")]
    [InlineData("efs", 501, "{}")]
    public async Task What_a_server_does_not_know_is_not_worth_another_try(string service, int status, string body)
    {
        var call = service switch
        {
            "sts" => StubTransport.Call("sts", "GetCallerIdentity"),
            "iam" => StubTransport.Call("iam", "ListUsers"),
            "kms" => StubTransport.Call("kms", "ListKeys"),
            _ => StubTransport.Call("efs", "DescribeFileSystems"),
        };

        var error = await StubTransport.Of(body, status).FailAsync(call);

        Assert.Equal(AwsErrorKind.UnknownOperation, error.Kind);
        Assert.False(RetryPolicy.IsRetryable(error.Kind));
        Assert.Contains("does not offer the operation", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BandwidthLimitExceeded")]
    [InlineData("EC2ThrottledException")]
    [InlineData("LimitExceededException")]
    [InlineData("PriorRequestNotComplete")]
    [InlineData("ProvisionedThroughputExceededException")]
    [InlineData("RequestLimitExceeded")]
    [InlineData("RequestThrottled")]
    [InlineData("RequestThrottledException")]
    [InlineData("SlowDown")]
    [InlineData("ThrottledException")]
    [InlineData("Throttling")]
    [InlineData("ThrottlingException")]
    [InlineData("TooManyRequestsException")]
    [InlineData("TransactionInProgressException")]
    public async Task Every_code_by_which_AWS_throttles_is_known_whatever_its_status(string code)
    {
        foreach (var status in new[] { 400, 403, 429, 500, 503 })
        {
            var problem = await StubTransport.Of($"{{\"__type\":\"com.amazonaws#{code}\"}}", status).FailAsync(StubTransport.Call("kms", "ListKeys"));
            Assert.Equal((code, AwsErrorKind.Throttled), (problem.Code, problem.Kind));
        }
    }

    [Fact]
    public async Task Codes_and_ids_in_headers_count()
    {
        var problem = await StubTransport.Of("{\"message\":\"gone\"}", 404, "x-amzn-ErrorType: ResourceNotFoundException:http://internal.amazon.com/coral/", "x-amzn-RequestId: r-9", "Retry-After: 7")
            .FailAsync(StubTransport.Call("lambda", "ListFunctions"));

        Assert.Equal(("ResourceNotFoundException", "gone", "r-9"), (problem.Code, problem.ServiceMessage, problem.RequestId));
        Assert.Equal(TimeSpan.FromSeconds(7), problem.RetryAfter);
    }

    [Fact]
    public async Task An_error_of_S3_with_status_200_is_an_error()
    {
        var problem = await StubTransport.Of("<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code><Message>Again</Message></Error>")
            .FailAsync(StubTransport.Call("s3", "GetBucketAcl", new { Bucket = "some-bucket" }));

        Assert.Equal(("InternalError", AwsErrorKind.Transient), (problem.Code, problem.Kind));
    }

    [Theory]
    [InlineData("{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature expired: 20260102T030405Z is now earlier than\"}")]
    [InlineData("{\"__type\":\"SignatureDoesNotMatch\",\"message\":\"no match\"}")]
    public async Task A_wrong_clock_is_named_with_its_error(string wire)
    {
        var options = new AwsClientOptions { UtcNow = () => Now, Environment = _ => null };
        var problem = await StubTransport.Of(wire, 400, "Date: " + Now.AddMinutes(17).ToString("r")).FailAsync(StubTransport.Call("kms", "ListKeys"), options);

        Assert.Equal(AwsErrorKind.ClockSkew, problem.Kind);
        Assert.Contains("17 minutes behind", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Region_the_account_has_not_enabled_is_told_from_bad_keys()
    {
        const string Wire = "{\"__type\":\"UnrecognizedClientException\",\"message\":\"The security token included in the request is invalid.\"}";

        var optIn = await StubTransport.Of(Wire, 400).FailAsync(StubTransport.Call("kms", "ListKeys", region: "af-south-1"));

        Assert.Equal(AwsErrorKind.RegionDisabled, optIn.Kind);
    }

    [Fact]
    public async Task Messages_repeat_neither_the_signed_request_nor_control_characters()
    {
        var problem = await StubTransport
            .Of("<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>No\u001b[31m match.\n\nThe Canonical String was\nx-amz-security-token:SECRET</Message></Error></ErrorResponse>", 403)
            .FailAsync(StubTransport.Call("iam", "ListUsers"));

        Assert.DoesNotContain("SECRET", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', problem.Message);
    }

    [Fact]
    public async Task A_bucket_elsewhere_is_asked_there_once()
    {
        var transport = new StubTransport(
            () => StubTransport.Answer("<Error><Code>PermanentRedirect</Code><Endpoint>evil.example</Endpoint></Error>", 301, "x-amz-bucket-region: eu-west-1"),
            () => StubTransport.Answer("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"));

        var decoded = await transport.DecodeAsync(StubTransport.Call("s3", "GetBucketVersioning", new { Bucket = "some-bucket" }));

        Assert.Equal("""{"Status":"Enabled"}""", decoded);
        Assert.Equal(["some-bucket.s3.us-east-1.amazonaws.com", "some-bucket.s3.eu-west-1.amazonaws.com"], transport.Requests.Select(request => request.RequestUri!.Host));
        Assert.Contains("/eu-west-1/s3/", transport.Requests[1].Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_where_nobody_listens_is_unreachable()
    {
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = new Uri("http://127.0.0.1:1"), Retry = new RetryPolicy(RetryMode.Standard, 1) });

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => client.SendWithRetryAsync(StubTransport.Call("iam", "ListUsers"), CancellationToken.None));

        Assert.Equal(AwsErrorKind.Unreachable, problem.Kind);
        Assert.Contains("127.0.0.1:1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_stop_at_the_attempts_allowed_and_send_the_same_request()
    {
        var transport = new StubTransport(
            () => StubTransport.Answer("<ErrorResponse><Error><Code>ServiceFailure</Code></Error></ErrorResponse>", 500),
            () => StubTransport.Answer("<ListUsersResponse><ListUsersResult/></ListUsersResponse>"));
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { HttpMessageHandler = transport, Environment = name => name == "AWS_MAX_ATTEMPTS" ? "2" : null });

        using var answer = await client.SendWithRetryAsync(StubTransport.Call("iam", "ListUsers"), CancellationToken.None);

        Assert.Equal(2, transport.Requests.Count);
        Assert.Equal(transport.Bodies[0], transport.Bodies[1]);
    }
}
