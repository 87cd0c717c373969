using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Retry;

namespace CloudPosture.Tests.Aws;

/// <summary>Answers in place of the network, and keeps what was sent.</summary>
internal sealed class StubTransport(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<HttpRequestMessage> Requests { get; } = [];

    public List<string> Bodies { get; } = [];

    /// <summary>A transport whose every answer has this body; headers are written "Name: value".</summary>
    public static StubTransport Of(string body, int status = 200, params string[] headers) => new(() => Answer(body, status, headers));

    public static HttpResponseMessage Answer(string body, int status = 200, params string[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            answer.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return answer;
    }

    public AwsClient Client(AwsClientOptions? options = null) =>
        new(Shipped.Content.Models, (options ?? new AwsClientOptions { Environment = _ => null }) with { HttpMessageHandler = this, Retry = new RetryPolicy(RetryMode.Standard, 1) });

    public static AwsCall Call(string service, string operation, object? input = null, string region = "us-east-1") => new()
    {
        Operation = Shipped.Content.Models.Get(service).Operation(operation),
        Input = JsonSerializer.SerializeToElement(input ?? new { }),
        Target = new AwsTarget { Credentials = new Amazon.Runtime.SessionAWSCredentials("AKIDEXAMPLE", "not-a-secret", "session"), Region = region, AccountId = "111122223333" },
    };

    /// <summary>What a call decodes to, as compact JSON.</summary>
    public async Task<string> DecodeAsync(AwsCall call)
    {
        using var client = Client();
        using var answer = await client.SendAsync(call, CancellationToken.None);
        return answer.Root.GetRawText();
    }

    /// <summary>How a call fails.</summary>
    public async Task<AwsServiceException> FailAsync(AwsCall call, AwsClientOptions? options = null)
    {
        using var client = Client(options);
        return await Assert.ThrowsAsync<AwsServiceException>(() => client.SendAsync(call, CancellationToken.None));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        Bodies.Add(request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "");
        return answers[Math.Min(Requests.Count, answers.Length) - 1]();
    }
}
