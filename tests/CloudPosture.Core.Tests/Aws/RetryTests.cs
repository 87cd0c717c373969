using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Retry;

namespace CloudPosture.Tests.Aws;

/// <summary>Calls outside a harvest repeat what may fare better, as AWS_RETRY_MODE and AWS_MAX_ATTEMPTS say.</summary>
public sealed class RetryTests
{
    private const string Whole = "<ListUsersResponse><ListUsersResult/></ListUsersResponse>";
    private readonly List<TimeSpan> _pauses = [];
    private CancellationTokenSource? _stop;

    [Theory]
    [InlineData(null, null, 3)]
    [InlineData("standard", null, 3)]
    [InlineData("adaptive", null, 3)]
    [InlineData("legacy", null, 5)]
    [InlineData("LEGACY", "2", 2)]
    [InlineData(null, "1", 1)]
    [InlineData("adaptive", "7", 7)]
    public async Task The_environment_decides_how_often_a_call_is_sent(string? mode, string? attempts, int sent)
    {
        var transport = new StubTransport(() => Failure(500));
        using var client = Client(transport, mode, attempts);

        await FailAsync(client);

        Assert.Equal(sent, transport.Requests.Count);
        Assert.All(_pauses, pause => Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("AWS_RETRY_MODE", "eager", "standard, adaptive or legacy")]
    [InlineData("AWS_MAX_ATTEMPTS", "0", "above 0")]
    [InlineData("AWS_MAX_ATTEMPTS", "many", "above 0")]
    public void A_setting_that_cannot_be_is_refused_by_name(string name, string value, string advice)
    {
        var problem = Assert.Throws<AwsConfigurationException>(() => new AwsClient(Shipped.Content.Models, new AwsClientOptions { Environment = asked => asked == name ? value : null }));

        Assert.Contains(name, problem.Message);
        Assert.Contains(advice, problem.Message);
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(404, "NoSuchEntity")]
    [InlineData(400, "ValidationError")]
    public async Task What_cannot_fare_better_is_sent_once(int status, string code)
    {
        var transport = new StubTransport(() => Failure(status, code));
        using var client = Client(transport);

        await FailAsync(client);

        Assert.Single(transport.Requests);
    }

    [Fact]
    public async Task In_an_outage_the_quota_of_retries_runs_out_and_successes_refill_it()
    {
        var isDown = true;
        var transport = new StubTransport(() => isDown ? Failure(503) : StubTransport.Answer(Whole));
        using var client = Client(transport);
        for (var call = 0; call < 100; call++)
        {
            await FailAsync(client);
        }

        // A retry costs 5 of 500.
        Assert.Equal(100 + 100, transport.Requests.Count);
        isDown = false;
        for (var call = 0; call < 5; call++)
        {
            (await client.SendWithRetryAsync(StubTransport.Call("iam", "ListUsers"), default)).Dispose();
        }

        isDown = true;
        await FailAsync(client);
        Assert.Equal(200 + 5 + 2, transport.Requests.Count);
    }

    [Fact]
    public async Task The_legacy_mode_has_no_quota()
    {
        var transport = new StubTransport(() => Failure(503));
        using var client = Client(transport, "legacy");
        for (var call = 0; call < 60; call++)
        {
            await FailAsync(client);
        }

        Assert.Equal(60 * 5, transport.Requests.Count);
    }

    [Theory]
    [InlineData("Retry-After: 45", 45)]
    [InlineData("Retry-After: Wed, 04 Mar 2026 05:06:46 GMT", 40)]
    [InlineData("Retry-After: 3600", 60)]
    [InlineData("Retry-After: 99999999", 60)]
    [InlineData("Retry-After: Wed, 04 Mar 2099 05:06:46 GMT", 60)]
    [InlineData("Retry-After: Wed, 04 Mar 2026 05:00:00 GMT", 0)]
    [InlineData("Retry-After: soon", 0)]
    public async Task Retry_After_is_honoured_in_seconds_and_as_a_date(string header, int atLeast)
    {
        var transport = new StubTransport(() => StubTransport.Answer("", 429, header), () => StubTransport.Answer(Whole));
        using var client = Client(transport);

        (await client.SendWithRetryAsync(StubTransport.Call("iam", "ListUsers"), default)).Dispose();

        var pause = Assert.Single(_pauses);
        Assert.InRange(pause.TotalSeconds, atLeast, Math.Max(atLeast, 1));
    }

    [Fact]
    public async Task The_adaptive_mode_holds_the_next_calls_of_a_service_that_throttled_and_no_others()
    {
        var transport = new StubTransport(() => Failure(400, "Throttling"), () => StubTransport.Answer(Whole));
        using var client = Client(transport, "adaptive", "1");
        await FailAsync(client);

        (await client.SendWithRetryAsync(StubTransport.Call("iam", "ListUsers", region: "eu-west-1"), default)).Dispose();
        Assert.Empty(_pauses);
        using var stop = new CancellationTokenSource();
        _stop = stop;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendWithRetryAsync(StubTransport.Call("iam", "ListUsers"), stop.Token));

        Assert.InRange(Assert.Single(_pauses), TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void The_adaptive_rate_falls_to_seven_tenths_and_climbs_past_the_old_one_again()
    {
        var now = 100.0;
        var rate = new AdaptiveRate(() => now);
        for (var i = 0; i < 100; i++, now += 0.1)
        {
            Assert.Null(rate.WaitTime());
            rate.Update(throttled: false);
        }

        rate.Update(throttled: true);
        var slow = CallsIn(1);
        Assert.InRange(slow, 5, 9);
        CallsIn(20);
        Assert.InRange(CallsIn(1), slow + 2, 50);

        int CallsIn(double seconds)
        {
            var calls = 0;
            for (var end = now + seconds; now < end;)
            {
                if (rate.WaitTime() is { } wait)
                {
                    now += wait.TotalSeconds + 1e-6;
                    continue;
                }

                now += 0.02;
                rate.Update(throttled: false);
                calls++;
            }

            return calls;
        }
    }

    [Fact]
    public async Task Whoever_cancels_during_a_pause_is_let_go()
    {
        using var stop = new CancellationTokenSource();
        _stop = stop;
        using var client = Client(new StubTransport(() => Failure(500)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendWithRetryAsync(StubTransport.Call("iam", "ListUsers"), stop.Token));
    }

    [Fact]
    public async Task Pages_that_come_again_under_fresh_tokens_end_with_an_error()
    {
        var page = 0;
        var transport = new StubTransport(() => StubTransport.Answer($"<ListUsersResponse><ListUsersResult><IsTruncated>true</IsTruncated><Marker>{page++}</Marker><Users><member><UserName>a</UserName></member></Users></ListUsersResult></ListUsersResponse>"));
        using var client = Client(transport);
        var pages = 0;

        var problem = await Assert.ThrowsAsync<AwsServiceException>(async () =>
        {
            await foreach (var _ in client.PagesAsync(StubTransport.Call("iam", "ListUsers"), default))
            {
                pages++;
            }
        });

        Assert.Equal(("EndlessPages", 1, 4), (problem.Code, pages, page));
    }

    private static HttpResponseMessage Failure(int status, string code = "ServiceFailure") =>
        StubTransport.Answer($"<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>", status);

    private static Task<AwsServiceException> FailAsync(AwsClient client) =>
        Assert.ThrowsAsync<AwsServiceException>(() => client.SendWithRetryAsync(StubTransport.Call("iam", "ListUsers"), default));

    private AwsClient Client(StubTransport transport, string? mode = null, string? attempts = null) => new(Shipped.Content.Models, new AwsClientOptions
    {
        HttpMessageHandler = transport,
        Environment = name => name switch { "AWS_RETRY_MODE" => mode, "AWS_MAX_ATTEMPTS" => attempts, _ => null },
        UtcNow = () => new DateTimeOffset(2026, 3, 4, 5, 6, 6, TimeSpan.Zero),
        Pause = (pause, ct) =>
        {
            _pauses.Add(pause);
            _stop?.Cancel();
            ct.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        },
    });
}
