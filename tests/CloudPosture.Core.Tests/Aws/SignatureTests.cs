using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Aws.Protocols;
using CloudPosture.Aws.Transport;

namespace CloudPosture.Tests.Aws;

public sealed class SignatureTests
{
    /// <summary>The worked examples of "Signature Calculations for the Authorization Header" in S3's API reference; the general suite's requests lack the body hash that the signer always adds.</summary>
    [Theory]
    [InlineData("lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public async Task Signatures_equal_the_published_ones(string query, string signature)
    {
        var request = new AwsRequest(Shipped.Content.Models.Get("s3").Operation("GetBucketAcl")) { Query = query };
        var endpoint = new Endpoint(new Uri("https://examplebucket.s3.amazonaws.com"), "us-east-1", false);
        var credentials = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

        using var message = await RequestSigner.SignAsync(request, endpoint, credentials, new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), CancellationToken.None);

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={signature}",
            message.Headers.GetValues("Authorization").Single());
    }
}
