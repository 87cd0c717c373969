using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Sandbox;

/// <summary>A sandbox and our client on it.</summary>
internal sealed class SandboxClient : IAsyncDisposable
{
    private readonly AwsClient _client;

    private SandboxClient(SandboxServer server)
    {
        Server = server;
        _client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = server.Url, Environment = _ => null });
        Operator = Keys(server.Organization.OperatorKey);
        Administrator = Keys(server.Organization.AdministratorKey);
    }

    public SandboxServer Server { get; }

    public AWSCredentials Operator { get; }

    public AWSCredentials Administrator { get; }

    public static async Task<SandboxClient> StartAsync(SandboxOptions? options = null) =>
        new(await SandboxServer.StartAsync((options ?? new SandboxOptions()) with { CheckAnswers = true }));

    public static AWSCredentials Keys(SandboxKey key) => new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey);

    public static AWSCredentials Session(JsonElement credentials) => new SessionAWSCredentials(
        credentials.GetProperty("AccessKeyId").GetString(), credentials.GetProperty("SecretAccessKey").GetString(), credentials.GetProperty("SessionToken").GetString());

    public async Task<JsonElement> CallAsync(string service, string operation, object? input = null, AWSCredentials? credentials = null, string region = "us-east-1")
    {
        using var answer = await _client.SendAsync(Call(service, operation, input, credentials, region), CancellationToken.None);
        return answer.Root.Clone();
    }

    /// <summary>Asks CloudFormation for something as the administrator.</summary>
    public Task<JsonElement> WriteAsync(string operation, object input) => CallAsync("cloudformation", operation, input, Administrator);

    public async Task<AwsServiceException> FailAsync(string service, string operation, object? input = null, AWSCredentials? credentials = null) =>
        await Assert.ThrowsAsync<AwsServiceException>(() => CallAsync(service, operation, input, credentials));

    public async Task<List<JsonElement>> PagesAsync(string service, string operation, object? input = null)
    {
        var pages = new List<JsonElement>();
        await foreach (var page in _client.PagesAsync(Call(service, operation, input, null, "us-east-1"), CancellationToken.None))
        {
            using (page)
            {
                pages.Add(page.Root.Clone());
            }
        }

        return pages;
    }

    /// <summary>Enters an account's reader role.</summary>
    public async Task<AWSCredentials> ReadAsync(SandboxAccount account)
    {
        var answer = await CallAsync("sts", "AssumeRole", new { RoleArn = account.ReaderRoleArn, RoleSessionName = "test", Server.Organization.ExternalId });
        return Session(answer.GetProperty("Credentials"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    private AwsCall Call(string service, string operation, object? input, AWSCredentials? credentials, string region) => new()
    {
        Operation = Shipped.Content.Models.Get(service).Operation(operation),
        Input = JsonSerializer.SerializeToElement(input ?? new { }),
        Target = new AwsTarget { Credentials = credentials ?? Operator, Region = region, AccountId = Server.Organization.Accounts[0].Id },
    };
}
