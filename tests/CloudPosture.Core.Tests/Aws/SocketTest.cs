using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Retry;

namespace CloudPosture.Tests.Aws;

/// <summary>Answers of a server that may send anything, over a real connection.</summary>
public abstract class SocketTest
{
    private protected const string Keys = """{"Keys":[{"KeyId":"k-1","KeyArn":"arn:aws:kms:us-east-1:111122223333:key/k-1"}]}""";
    private protected const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\n";
    private protected const int Bound = 64 * 1024 * 1024;
    private protected static readonly AwsCall Json = StubTransport.Call("kms", "ListKeys");
    private protected static readonly AwsCall Xml = StubTransport.Call("sns", "ListTopics");

    private protected static void AssertClear(AwsServiceException problem, string call)
    {
        Assert.StartsWith($"{call} failed in us-east-1", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.Message.Length, 40, 600);
        Assert.NotNull(problem.Advice);
    }

    private protected static AwsClient Client(RawServer server, AwsClientOptions? options = null) =>
        new(Shipped.Content.Models, (options ?? new AwsClientOptions()) with { Environment = _ => null, EndpointUrl = server.Url, Retry = new RetryPolicy(RetryMode.Standard, 3) });

    private protected static async Task<string> AskAsync(AwsClient client, AwsCall call)
    {
        using var _ = client;
        using var answer = await client.SendAsync(call, CancellationToken.None);
        return answer.Root.GetRawText();
    }

    private protected static async Task<AwsServiceException> FailAsync(AwsCall call, Func<RawServer.Exchange, Task> answer, AwsClientOptions? options = null)
    {
        await using var server = new RawServer(answer);
        using var client = Client(server, options);
        return await Assert.ThrowsAsync<AwsServiceException>(() => client.SendAsync(call, CancellationToken.None));
    }
}
