using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Aws.Protocols;

namespace CloudPosture.Aws.Transport;

/// <summary>
/// Makes signed HTTP messages of requests. The signer behind AWSSDK.Core's SigV4SigningHandler is called directly: the handler is bound
/// to one identity, copies each body once more, and takes no clock.
/// </summary>
internal static class RequestSigner
{
    /// <summary>Makes the message.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="credentials">Who signs; an operation that goes unsigned does not ask for them, and anonymous ones do not sign.</param>
    /// <param name="now">The time the signature states.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<HttpRequestMessage> SignAsync(AwsRequest request, Endpoint endpoint, AWSCredentials credentials, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Operation.HttpMethod), AddressOf(request, endpoint));
        foreach (var header in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.Body.Length > 0 || message.Method != HttpMethod.Get)
        {
            message.Content = new ByteArrayContent(request.Body);
            if (request.ContentType is { } contentType)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        }

        if (!request.Operation.Unsigned && credentials is not AnonymousAWSCredentials)
        {
            await AddSignatureAsync(message, request, endpoint, credentials, now, cancellationToken).ConfigureAwait(false);
        }

        return message;
    }

    private static async Task AddSignatureAsync(
        HttpRequestMessage message, AwsRequest request, Endpoint endpoint, AWSCredentials credentials, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var signing = new AWSSigningRequest { HttpMethod = message.Method, RequestUri = message.RequestUri, Content = request.Body };
        foreach (var header in request.Headers)
        {
            signing.Headers[header.Key] = header.Value;
        }

        if (request.ContentType is { } contentType)
        {
            signing.Headers["Content-Type"] = contentType;
        }

        var parameters = new AWSSigV4Parameters
        {
            Credentials = credentials,
            Region = RegionEndpoint.GetBySystemName(endpoint.SigningRegion),
            Service = request.Operation.Service.SigningName,
            SignedAt = now.UtcDateTime,
        };
        var signature = await CredentialFetch.WithAsync(() => AWSSigV4Signer.SignAsync(signing, parameters, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var header in signature.Headers)
        {
            message.Headers.Remove(header.Key);
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    private static Uri AddressOf(AwsRequest request, Endpoint endpoint)
    {
        var path = endpoint.BucketInHost ? request.Path.Substring(1 + request.Bucket!.Length) : request.Path;
        var address = endpoint.BaseUri.GetLeftPart(UriPartial.Path).TrimEnd('/') + (path.Length == 0 ? "/" : path);
        return new Uri(request.Query.Length == 0 ? address : $"{address}?{request.Query}");
    }
}
