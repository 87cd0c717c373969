using System.Threading.Tasks;

namespace CloudPosture.Tests.Connections;

/// <summary>Tests that change the process's environment run alone. They share one instance metadata service, because the SDK remembers its address.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentCollection : ICollectionFixture<EnvironmentCollection>, IAsyncLifetime
{
    public const string Name = "process environment";

    internal LoopbackServer Metadata { get; } = new(Answer);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Metadata.DisposeAsync().AsTask();

    private static (int Status, string Body) Answer(LoopbackRequest request) => (request.Method, request.Path.TrimEnd('/')) switch
    {
        ("PUT", "/latest/api/token") => (200, "imds-token"),
        ("GET", "/latest/meta-data/iam/security-credentials") => (200, "instance-role"),
        ("GET", "/latest/meta-data/iam/security-credentials/instance-role") => (200, """
            {"Code": "Success", "LastUpdated": "2026-01-01T00:00:00Z", "Type": "AWS-HMAC", "AccessKeyId": "ASIAINSTANCE",
             "SecretAccessKey": "instance-secret", "Token": "instance-token", "Expiration": "2099-01-01T00:00:00Z"}
            """),
        _ => (404, request.Path),
    };
}
