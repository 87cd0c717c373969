using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Tests.Aws;

/// <summary>What is no answer is an error, and never an empty list.</summary>
public sealed class DamagedAnswerTests
{
    [Theory]
    [InlineData("iam", "ListUsers", "")]
    [InlineData("ec2", "DescribeRegions", "")]
    [InlineData("kms", "ListKeys", "")]
    [InlineData("lambda", "ListFunctions", "")]
    [InlineData("s3", "GetBucketVersioning", "")]
    [InlineData("s3", "GetPublicAccessBlock", "")]
    [InlineData("cloudfront", "ListDistributions", "")]
    [InlineData("lambda", "ListFunctions", "{\"error\":\"please sign in\"}")]
    [InlineData("kms", "ListKeys", "{\"error\":\"please sign in\"}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[null]}")]
    [InlineData("s3", "GetBucketVersioning", "<portal><Status>Enabled</Status></portal>")]
    [InlineData("s3", "GetBucketVersioning", "<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>")]
    [InlineData("s3", "GetBucketVersioning", "<VersioningConfiguration><please>sign in</please></VersioningConfiguration>")]
    [InlineData("s3", "GetPublicAccessBlock", "<portal><BlockPublicAcls>true</BlockPublicAcls></portal>")]
    [InlineData("cloudfront", "ListDistributions", "<portal/>")]
    [InlineData("ec2", "DescribeRegions", "<DescribeRegionsResponse><requestId>r</requestId></DescribeRegionsResponse>")]
    [InlineData("ec2", "DescribeRegions", "<DescribeRegionsResponse/>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><please>sign in</please></ListUsersResult></ListUsersResponse>")]
    [InlineData("sns", "GetTopicAttributes", "<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>")]
    [InlineData("sns", "GetTopicAttributes", "<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>a</value><value>b</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><member><UserName>a</UserName></member>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse></ListUsersResponse>")]
    [InlineData("ec2", "DescribeRegions", "<html><body>Sign in to the proxy</body></html>")]
    [InlineData("ec2", "DescribeRegions", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><DescribeRegionsResponse><nextToken>&b;</nextToken></DescribeRegionsResponse>")]
    [InlineData("s3", "GetBucketAcl", "<html/>")]
    [InlineData("kms", "DescribeKey", "{\"KeyMetadata\":{\"KeyId\":\"1")]
    [InlineData("kms", "DescribeKey", "<html/>")]
    [InlineData("kms", "DescribeKey", "{\"KeyMetadata\":[]}")]
    [InlineData("kms", "DescribeKey", "{} {}")]
    [InlineData("efs", "DescribeFileSystems", "[]")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[{\"KeyId\":\"1\"}],\"Keys\":[]}")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[{\"KeyId\":\"1\",\"KeyId\":\"2\"}]}")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[],\"\\u004beys\":[]}")]
    [InlineData("sqs", "GetQueueAttributes", "{\"Attributes\":{\"Policy\":\"a\",\"Policy\":\"b\"}}")]
    [InlineData("kms", "ListKeys", "{\"Aliases\":[{\"AliasName\":\"alias/a\"}],\"Truncated\":false}")]
    [InlineData("lambda", "ListFunctions", "{\"Layers\":[],\"NextMarker\":null}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":1e999}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":99999999999999999999999}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":NaN}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":true}]}")]
    [InlineData("kms", "GetKeyRotationStatus", "{\"KeyRotationEnabled\":1}")]
    [InlineData("kms", "GetKeyRotationStatus", "{\"KeyRotationEnabled\":\"yes\"}")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[{\"KeyId\":\"\\ud800\"}]}")]
    [InlineData("kms", "ListKeys", "\uFEFF{\"Keys\":[]}")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><member><UserName>a</UserName></member></Users><Users/></ListUsersResult></ListUsersResponse>")]
    [InlineData("s3", "GetBucketVersioning", "<VersioningConfiguration><Status>Suspended</Status><Status>Enabled</Status></VersioningConfiguration>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><member><PasswordLastUsed>9e99</PasswordLastUsed></member></Users></ListUsersResult></ListUsersResponse>")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"Timeout\":\"many\"}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{\"portal\":1}]}")]
    [InlineData("lambda", "ListFunctions", "{\"Functions\":[{}]}")]
    [InlineData("kms", "DescribeKey", "{\"KeyMetadata\":{\"portal\":1}}")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><portal>1</portal></Users></ListUsersResult></ListUsersResponse>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users><member/></Users></ListUsersResult></ListUsersResponse>")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult><Users/></ListUsersResult><ListUsersResult><Users><member><UserName>a</UserName></member></Users></ListUsersResult></ListUsersResponse>")]
    [InlineData("sns", "GetTopicAttributes", "<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>a</value></entry><entry><key>Policy</key><value>b</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>")]
    [InlineData("iam", "GetAccountSummary", "<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>AccountMFAEnabled</key><value>0</value></entry><entry><key>AccountMFAEnabled</key><value>1</value></entry></SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>")]
    public async Task Damaged_answers_are_errors_and_never_empty_lists(string service, string operation, string wire)
    {
        var problem = await StubTransport.Of(wire).FailAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)));

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
        Assert.DoesNotContain("\n", problem.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3", "GetBucketVersioning", "<VersioningConfiguration/>")]
    [InlineData("s3", "GetBucketLogging", "<BucketLoggingStatus xmlns=\"http://doc.s3.amazonaws.com/2006-03-01\"/>")]
    [InlineData("sqs", "ListQueues", "{}")]
    [InlineData("iam", "ListUsers", "<ListUsersResponse><ListUsersResult/></ListUsersResponse>")]
    public async Task Who_has_nothing_to_tell_may_say_so_in_the_operation_s_own_form(string service, string operation, string wire) =>
        Assert.Equal("{}", await StubTransport.Of(wire).DecodeAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation))));

    [Theory]
    [InlineData("sqs", "GetQueueAttributes", "{\"Attributes\":{\"Policy\":\"", "\"}}")]
    [InlineData("s3", "GetBucketPolicy", "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::", "/*\"}]}")]
    public async Task Bytes_that_are_no_text_are_no_answer_though_they_stand_in_quotes(string service, string operation, string before, string after)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(before), 0xFF, .. Encoding.ASCII.GetBytes(after)];
        var transport = new StubTransport(() => new HttpResponseMessage { Content = new ByteArrayContent(body) });

        var problem = await transport.FailAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)));

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
    }

    [Theory]
    [InlineData("kms", "ListKeys", "{\"Keys\":", "[", "]", "}")]
    [InlineData("kms", "ListKeys", "{\"Keys\":[],\"New\":", "[", "]", "}")]
    [InlineData("s3", "GetBucketVersioning", "<VersioningConfiguration>", "<Status>", "</Status>", "</VersioningConfiguration>")]
    public async Task Answers_that_nest_without_end_are_none(string service, string operation, string before, string open, string close, string after)
    {
        var wire = before + string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000)) + after;

        Assert.Equal(AwsErrorKind.Malformed, (await StubTransport.Of(wire).FailAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)))).Kind);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_signed_request_follows_nobody_to_another_host(int status)
    {
        foreach (var (service, operation) in new[] { ("kms", "ListKeys"), ("iam", "ListUsers"), ("s3", "ListBuckets"), ("lambda", "ListFunctions"), ("s3", "GetBucketVersioning") })
        {
            var transport = StubTransport.Of("", status, "Location: https://elsewhere.example/");

            await transport.FailAsync(StubTransport.Call(service, operation, Inputs.Required(service, operation)));

            Assert.All(transport.Requests, request => Assert.EndsWith(".amazonaws.com", request.RequestUri!.Host, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_body_that_cannot_be_decompressed_is_no_answer()
    {
        var problem = new InvalidDataException("The archive entry was compressed using an unsupported compression method.");
        var transport = new StubTransport(() => new HttpResponseMessage { Content = new StreamContent(new Refusing(problem)) });

        Assert.Equal(AwsErrorKind.Malformed, (await transport.FailAsync(StubTransport.Call("kms", "ListKeys"))).Kind);
    }

    private sealed class Refusing(Exception problem) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw problem;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromException<int>(problem);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException<int>(problem);
    }
}
