using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Tests.Aws;
using CloudPosture.Tests.Harvest;

namespace CloudPosture.Tests.Connections;

/// <summary>Whoever cancels does not wait for credentials that do not come.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CredentialCancellationTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose()
    {
        _cancellation.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task ARoleThatIsEnteredIsNotWaitedFor()
    {
        await using var silent = Silent();
        using var client = Client(silent);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CredentialFetch.GetAsync(RoleOf(client), _cancellation.Token));
    }

    [Fact]
    public async Task NorIsOneThatACallIsToBeSignedWith()
    {
        await using var silent = Silent();
        using var client = Client(silent);
        var call = StubTransport.Call("iam", "ListRoles");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(call with { Target = call.Target with { Credentials = RoleOf(client) } }, _cancellation.Token));
    }

    [Fact]
    public async Task NorIsASessionThatIsRenewed()
    {
        await using var silent = Silent();
        using var client = Client(silent);
        var account = new AccountTarget { AccountId = "111122223333", AccountName = "a", Partition = "aws", Connection = "c", Credentials = RoleOf(client) };
        var renewal = new SessionRenewal(account, TimeProvider.System, new CredentialOwner(client, Shipped.Content.Models, account));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => renewal.RenewAsync(0, new AwsServiceException("ended") { Kind = AwsErrorKind.ExpiredCredentials, Code = "ExpiredToken" }, _cancellation.Token));
    }

    [Fact]
    public async Task CredentialsOfOthersAreLeftToThemselves() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CredentialFetch.GetAsync(new NeverCredentials(_cancellation), _cancellation.Token));

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AProcessThatPrintsNothingIsStopped(bool isCancelled)
    {
        var pipe = _scratch.File("pipe");
        using (var made = Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync();
        }

        // What it starts goes with it.
        var credentials = new ProcessCredentials($"sleep 100 & echo $! > '{pipe}'; wait") { Patience = isCancelled ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(3) };
        var asked = CredentialFetch.GetAsync(credentials, _cancellation.Token);
        using var child = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pipe), CultureInfo.InvariantCulture));
        if (isCancelled)
        {
            await _cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        }
        else
        {
            Assert.Contains("did not end within 3 seconds", (await Assert.ThrowsAsync<ProcessCredentialsException>(() => asked)).Message);
        }

        await child.WaitForExitAsync();
    }

    private static RoleCredentials RoleOf(AwsClient client) =>
        new(token => client.AskAsync(new AwsQuestion("sts", "AssumeRole", new { RoleArn = "arn:aws:iam::111122223333:role/Reader", RoleSessionName = "s" }), StubTransport.Call("sts", "AssumeRole").Target, token));

    private static AwsClient Client(RawServer server) => new(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = server.Url, Timeout = TimeSpan.FromHours(1), Environment = _ => null });

    private RawServer Silent() => new(async exchange =>
    {
        await _cancellation.CancelAsync();
        await exchange.HangAsync();
    });

    private sealed class NeverCredentials(CancellationTokenSource asked) : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new NotSupportedException();

        public override async Task<ImmutableCredentials> GetCredentialsAsync()
        {
            await asked.CancelAsync();
            return await new TaskCompletionSource<ImmutableCredentials>().Task;
        }
    }
}
