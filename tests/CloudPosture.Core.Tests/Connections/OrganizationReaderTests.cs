using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Connections;

/// <summary>An organization's accounts are listed at its rates: 20 a page, 5 pages a second for everybody who asks.</summary>
public sealed class OrganizationReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AnOrganizationOfHundredsIsReadWhateverElseReadsIt(int readers)
    {
        var clock = new LeapingClock();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            Accounts = 400,
            Regions = 1,
            MaxPageSize = 20,
            PlantFaults = false,
            Rates = PublishedRates.All,
            TimeProvider = clock,
        });
        var operatorKey = sandbox.Organization.OperatorKey;
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = sandbox.Url });
        var target = new AwsTarget { Credentials = new BasicAWSCredentials(operatorKey.AccessKeyId, operatorKey.SecretAccessKey), Region = "us-east-1" };
        sandbox.Calls.Clear();

        var lists = await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => new OrganizationReader(client, Shipped.Content.Catalog, target, clock).ReadAsync(default)));

        var expected = sandbox.Organization.Accounts.Select(account => account.Id).Order(StringComparer.Ordinal);
        Assert.All(lists, list => Assert.Equal(expected, list.Select(account => account.Id)));
        if (readers == 1)
        {
            Assert.All(sandbox.Calls, call => Assert.Equal(200, call.Status));
        }
    }

    [Fact]
    public async Task TheFirstRefusalSlowsDownAndEveryTokenOfThePaceIsOneCall()
    {
        var clock = new LeapingClock();
        var organization = Organization();
        var throttles = 3;
        using var handler = new StubHandler(clock, call => call == "ListRoots" && throttles-- > 0 ? ("""{"__type":"TooManyRequestsException"}""", 400) : (organization(call), 200));
        using var client = Client(handler);
        var reader = new OrganizationReader(client, Shipped.Content.Catalog, Target, clock);

        Assert.Equal(["111122223333"], (await reader.ReadAsync(default)).Select(account => account.Id));

        Assert.Equal((1 + 3 + 1 + 1 + 1, 3), (reader.Calls, reader.Throttled));
        Assert.Equal(reader.Calls, handler.Calls.Count);

        // Half of 1 a second; lowered three times, it would have been at 1/16.
        var roots = handler.Calls.Where(call => call.Operation == "ListRoots").Select(call => call.At).ToList();
        Assert.True(roots[^1] - roots[0] >= TimeSpan.FromSeconds(4 + 8), $"{roots[^1] - roots[0]}");
    }

    [Fact]
    public async Task TheShareOfTheQuotaCountsFromTheFirstCall()
    {
        var clock = new LeapingClock();
        var start = clock.GetUtcNow();
        var organization = Organization();
        using var handler = new StubHandler(clock, call => (organization(call), 200));
        using var client = Client(handler);

        // One of the two tokens that DescribeOrganization's bucket holds is all that a tenth leaves; the second reader waits ten seconds.
        await new OrganizationReader(client, Shipped.Content.Catalog, Target, clock, 0.1).ReadAsync(default);
        Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, 0, 5);
        var reader = new OrganizationReader(client, Shipped.Content.Catalog, Target, clock, 0.1);
        await reader.ReadAsync(default);
        await reader.ReadAsync(default);

        Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, 9.5, 15);
    }

    [Theory]
    [InlineData("ListRoots", """{"Roots":[{"Id":"r-1","Name":"Root"}],"NextToken":"#"}""")]
    [InlineData("ListRoots", """{"Roots":[],"NextToken":"#"}""")]
    [InlineData("ListAccountsForParent", """{"Accounts":[{"Id":"111122223333"}],"NextToken":"#"}""")]
    [InlineData("ListOrganizationalUnitsForParent", """{"OrganizationalUnits":[{"Id":"ou-1","Name":"A"}],"NextToken":"#"}""")]
    [InlineData("ListOrganizationalUnitsForParent", """{"OrganizationalUnits":[{"Id":"r-1","Name":"A"}]}""")]
    public async Task AnOrganizationThatNeverEndsIsAnError(string endless, string page)
    {
        var clock = new LeapingClock();
        var organization = Organization();
        var pages = 0;
        using var handler = new StubHandler(clock, call => (call == endless ? page.Replace("#", $"{pages++}", StringComparison.Ordinal) : organization(call), 200));
        using var client = Client(handler);

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => new OrganizationReader(client, Shipped.Content.Catalog, Target, clock).ReadAsync(default));

        Assert.Equal(("EndlessPages", endless), (problem.Code, problem.Operation));
    }

    [Theory]
    [InlineData("DescribeOrganization", "{}", "the management account")]
    [InlineData("DescribeOrganization", """{"Organization":{}}""", "the management account")]
    [InlineData("DescribeOrganization", """{"Organization":{"MasterAccountId":"../../etc"}}""", "the management account")]
    [InlineData("ListAccountsForParent", """{"Accounts":[{"Id":"../../111122223333"}]}""", "an account's id of 12 digits")]
    [InlineData("ListAccountsForParent", """{"Accounts":[{"Name":"One"}]}""", "an account's id of 12 digits")]
    [InlineData("ListRoots", """{"Roots":[{"Name":"Root"}]}""", "a unit's id")]
    public async Task AnOrganizationWithoutIdsIsNone(string operation, string answer, string lacking)
    {
        var clock = new LeapingClock();
        var organization = Organization();
        using var handler = new StubHandler(clock, call => (call == operation ? answer : organization(call), 200));
        using var client = Client(handler);

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => new OrganizationReader(client, Shipped.Content.Catalog, Target, clock).ReadAsync(default));

        Assert.Equal(("MalformedAnswer", operation), (problem.Code, problem.Operation));
        Assert.Contains($"without {lacking}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereOneOfTwoListsIsRefusedTheOtherEndsBeforeItIsTold()
    {
        var clock = new LeapingClock();
        var organization = Organization();
        var begun = new TaskCompletionSource();
        var hasEnded = false;
        using var handler = new AsyncHandler(async (call, cancellationToken) =>
        {
            switch (call)
            {
                case "ListOrganizationalUnitsForParent":
                    begun.SetResult();
                    try
                    {
                        await Task.Delay(Timeout.Infinite, cancellationToken);
                    }
                    finally
                    {
                        hasEnded = true;
                    }

                    return ("{}", 200);
                case "ListAccountsForParent":
                    await begun.Task;
                    return ("""{"__type":"AccessDeniedException"}""", 400);
                default:
                    return (organization(call), 200);
            }
        });
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { HttpMessageHandler = handler, Environment = _ => null });

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => new OrganizationReader(client, Shipped.Content.Catalog, Target, clock).ReadAsync(default));

        Assert.Equal(("ListAccountsForParent", true), (problem.Operation, hasEnded));
    }

    private static AwsTarget Target => new() { Credentials = new AnonymousAWSCredentials(), Region = "us-east-1", AccountId = "111122223333" };

    private static AwsClient Client(StubHandler handler) => new(Shipped.Content.Models, new AwsClientOptions { HttpMessageHandler = handler, Environment = _ => null });

    /// <summary>An organization of one account.</summary>
    private static Func<string, string> Organization() => call => call switch
    {
        "DescribeOrganization" => """{"Organization":{"MasterAccountId":"111122223333"}}""",
        "ListRoots" => """{"Roots":[{"Id":"r-1","Name":"Root"}]}""",
        "ListAccountsForParent" => """{"Accounts":[{"Id":"111122223333","Name":"One","State":"ACTIVE"}]}""",
        _ => "{}",
    };

    /// <summary>Answers by the operation's name, and notes when.</summary>
    private sealed class StubHandler(TimeProvider clock, Func<string, (string Body, int Status)> answer) : HttpMessageHandler
    {
        public ConcurrentQueue<(string Operation, DateTimeOffset At)> Calls { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
            Calls.Enqueue((operation, clock.GetUtcNow()));
            var (body, status) = answer(operation);
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body), RequestMessage = request });
        }
    }

    private sealed class AsyncHandler(Func<string, CancellationToken, Task<(string Body, int Status)>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (body, status) = await answer(request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1], cancellationToken);
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body), RequestMessage = request };
        }
    }

    /// <summary>The time of client and server, without the pauses.</summary>
    private sealed class LeapingClock : LeapingTime
    {
        private long _skipped;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

        public override long GetTimestamp() => GetUtcNow().Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        protected override void Leap(TimeSpan pause) => Interlocked.Add(ref _skipped, pause.Ticks);
    }
}
