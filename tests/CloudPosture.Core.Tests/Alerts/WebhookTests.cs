using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Alerts;
using CloudPosture.Alerts.Receivers;
using CloudPosture.Lake.Findings;
using CloudPosture.Tests.Aws;
using CloudPosture.Tests.Reporting;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Alerts;

/// <summary>Webhooks are sent what their limits and rules allow, and nothing of them is told to anybody else.</summary>
public sealed class WebhookTests : IDisposable
{
    private readonly AlertHttp _http = new() { Time = new NotedTime() };
    private readonly HttpReceiver _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task TeamsGetsACardOfPlainTextBelowItsLimit()
    {
        await new TeamsReceiver(_http, WebhookAddress.Parse(_server.Address)).SendAsync(AlertSamples.MessageOf(AlertSamples.Hostile), default);
        var body = Assert.Single(_server.Requests).Body;
        var card = JsonDocument.Parse(body).RootElement.GetProperty("attachments")[0];
        var names = Deep(card, "TextRun").Select(run => run.GetProperty("text").GetString()!).ToList();

        Assert.InRange(body.Length, 1000, 28 * 1024);
        Assert.Equal("application/vnd.microsoft.card.adaptive", card.GetProperty("contentType").GetString());
        Assert.Equal("AdaptiveCard", card.GetProperty("content").GetProperty("type").GetString());
        Assert.DoesNotContain(names, name => name.Contains("{{") || name.Contains('\n') || name.Contains('\u001b') || name.Contains("##vso["));
        Assert.All(Deep(card, "TextBlock"), block => Assert.Matches(@"^[\w .:,\-]+$", block.GetProperty("text").GetString()));
    }

    [Fact]
    public void ACardThatWouldBeTooLargeCountsTheRest()
    {
        var findings = Enumerable.Range(0, 138).Select(i => AlertSamples.Failure(i) with { RuleId = $"S3.{i / 3}", ResourceName = new string('ü', 300), AccountName = new string('漢', 300) });
        var card = TeamsReceiver.Card(AlertSamples.MessageOf([.. findings]).Digest);
        var text = Deep(JsonDocument.Parse(card).RootElement, "TextBlock").Last().GetProperty("text").GetString();

        Assert.InRange(card.Length, 10_000, 28 * 1024);
        Assert.Matches(@"^And \d+ findings more, of \d+ rules and accounts: All are in the lake.$", text);
    }

    [Fact]
    public async Task SlackGetsBlocksWithinItsLimitsAndNoMarkupOfOthers()
    {
        await new SlackReceiver(_http, WebhookAddress.Parse(_server.Address)).SendAsync(AlertSamples.MessageOf([.. AlertSamples.Hostile, AlertSamples.Failure(1) with { ResourceName = "<!channel> & <https://evil.example|*log in*>" }]), default);
        var message = JsonDocument.Parse(Assert.Single(_server.Requests).Body).RootElement;
        var texts = Deep(message, "plain_text").Select(one => one.GetProperty("text").GetString()!).ToList();

        Assert.InRange(message.GetProperty("blocks").GetArrayLength(), 3, 50);
        Assert.All(Deep(message, "plain_text").Concat(Deep(message, "mrkdwn")), text => Assert.DoesNotMatch("[<>]|&(?!amp;|lt;|gt;)", text.GetProperty("text").GetString()));
        Assert.All(texts, text => Assert.InRange(text.Length, 1, 2000));
        Assert.Contains(texts, text => text.Contains("&lt;!channel&gt; &amp; &lt;https://evil.example|*log in*&gt;"));
        Assert.All(Deep(message, "mrkdwn"), text => Assert.Matches(@"^:\w+: \*\w+\* · \d+ new or worse$", text.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task AWebhookGetsCountsGroupsAndAnId()
    {
        var message = AlertSamples.MessageOf(AlertSamples.Failure(1), AlertSamples.Failure(2), AlertSamples.Failure(3) with { Severity = Severity.Low, RuleId = "S3.Other" });
        await new WebhookReceiver(_http, WebhookAddress.Parse(_server.Address), new Secret("t0ken-value")).SendAsync(message, default);
        var (body, authorization, _) = Assert.Single(_server.Requests);
        var json = JsonDocument.Parse(body).RootElement;

        Assert.Equal("Bearer t0ken-value", authorization);
        Assert.Equal(message.Id, json.GetProperty("messageId").GetString());
        Assert.Equal(3, json.GetProperty("counts").GetProperty("findings").GetInt32());
        Assert.Equal(2, json.GetProperty("counts").GetProperty("bySeverity").GetProperty("Critical").GetInt32());
        Assert.Equal(["S3.BucketVersioning", "S3.Other"], json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("ruleId").GetString()));
    }

    [Fact]
    public async Task SplunkGetsAnEventAFinding()
    {
        var fields = new Dictionary<string, string> { ["index"] = "security" };
        await new SplunkReceiver(_http, WebhookAddress.Parse(_server.Address), new Secret("hec-token"), fields).SendAsync(AlertSamples.MessageOf(ReportSamples.Hostile), default);
        var (body, authorization, _) = Assert.Single(_server.Requests);
        var events = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal("Splunk hec-token", authorization);
        Assert.Equal(ReportSamples.Hostile.Count, events.Count);
        Assert.All(events, one => Assert.Equal("security", one.GetProperty("index").GetString()));
        Assert.Equal(ReportSamples.Hostile[0].LastSeen.ToUnixTimeSeconds(), (long)events[0].GetProperty("time").GetDecimal());
        Assert.Equal(ReportSamples.Hostile[0].FindingId, events[0].GetProperty("event").GetProperty("finding").GetProperty("findingId").GetString());
    }

    [Fact]
    public async Task DefectDojoGetsAnImportOfFindingsWithIds()
    {
        var fields = new Dictionary<string, string> { ["engagement"] = "7", ["verified"] = "false" };
        await new DefectDojoReceiver(_http, WebhookAddress.Parse(_server.Address), new Secret("dojo-token"), fields).SendAsync(AlertSamples.MessageOf(AlertSamples.Hostile), default);
        var (body, authorization, type) = Assert.Single(_server.Requests);
        var form = Form(body, type!);
        var findings = JsonDocument.Parse(form["file"]).RootElement.GetProperty("findings");

        Assert.Equal("Token dojo-token", authorization);
        Assert.Equal(("7", "false", "Generic Findings Import"), (form["engagement"], form["verified"], form["scan_type"]));
        Assert.Equal(AlertSamples.Hostile.Count, findings.GetArrayLength());
        Assert.All(findings.EnumerateArray(), finding =>
        {
            Assert.InRange(finding.GetProperty("title").GetString()!.Length, 1, 511);
            Assert.DoesNotContain("<", finding.GetProperty("description").GetString());
            Assert.Matches(@"^\d{4}-\d\d-\d\d$", finding.GetProperty("date").GetString());
        });
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task AServerThatTookNothingIsAskedAgain(int status)
    {
        using var busy = new HttpReceiver(status, status);
        await new SlackReceiver(_http, WebhookAddress.Parse(busy.Address)).SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default);

        Assert.Equal(3, busy.Requests.Count);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task ARefusalIsToldOnceWithoutTheAddressOrTheToken(int status)
    {
        using var server = new HttpReceiver(status, 200) { Said = "no secret-path/T0P for \u001b[31m my-t0ken" };
        var receiver = new WebhookReceiver(_http, WebhookAddress.Parse(server.Address), new Secret("my-t0ken"));
        var problem = await Assert.ThrowsAsync<AlertException>(() => receiver.SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default));

        Assert.Single(server.Requests);
        Assert.DoesNotMatch("secret-path|T0P|t0ken|\u001b", problem.ToString());
        Assert.DoesNotMatch("secret-path|T0P", receiver.Place);
    }

    [Fact]
    public async Task WhoIsNotThereIsToldSo()
    {
        var problem = await Assert.ThrowsAsync<AlertException>(
            () => new TeamsReceiver(_http, WebhookAddress.Parse("http://127.0.0.1:1/secret-path/T0P")).SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default));

        Assert.DoesNotMatch("secret-path|T0P", problem.ToString());
        Assert.Contains("127.0.0.1:1", problem.Message);
    }

    [Fact]
    public async Task WhoIsNotReachedIsTriedThreeTimes()
    {
        var time = new NotedTime();
        using var http = new AlertHttp { Time = time };
        await Assert.ThrowsAsync<AlertException>(() => new TeamsReceiver(http, WebhookAddress.Parse("http://127.0.0.1:1/x")).SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default));

        Assert.Equal(2, time.Pauses.Count);
    }

    [Fact]
    public async Task WhoBreaksOffMayHaveTakenItAndIsTriedOnce()
    {
        await using var server = new RawServer(exchange =>
        {
            exchange.Close();
            return Task.CompletedTask;
        });
        await Assert.ThrowsAsync<AlertException>(() => SendAsync(_http, server.Url));

        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task ARefusalWhoseWordsDoNotEndIsToldWithWhatCameOfThem()
    {
        await using var server = new RawServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 9999999999\r\n\r\nno such channel ");
            await exchange.SendForeverAsync(new byte[1 << 16]);
        });
        var problem = await Assert.ThrowsAsync<AlertException>(() => SendAsync(_http, server.Url));

        Assert.Contains("it answers 400 (no such channel", problem.Message);
        Assert.InRange(problem.Message.Length, 1, 600);
    }

    [Fact]
    public async Task ARefusalWhoseWordsStopIsNotWaitedForForEver()
    {
        await using var server = new RawServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 4000\r\n\r\nno such channel");
            await exchange.HangAsync();
        });
        using var http = new AlertHttp { Timeout = TimeSpan.FromMilliseconds(300) };
        var problem = await Assert.ThrowsAsync<AlertException>(() => SendAsync(http, server.Url));

        Assert.Contains("it answers 400", problem.Message);
    }

    [Fact]
    public async Task WhoeverCancelsDoesNotWaitForTheWordsOfARefusal()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new RawServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 4000\r\n\r\nno such channel");
            await cancellation.CancelAsync();
            await exchange.HangAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(_http, server.Url, cancellation.Token));
    }

    [Theory]
    [InlineData(170)]
    [InlineData(190)]
    [InlineData(198)]
    public async Task ASecretIsHiddenWhereverTheServersWordsAreCut(int before)
    {
        using var server = new HttpReceiver(400) { Said = new string('x', before) + "my-t0ken-that-is-long-enough-to-be-cut" };
        var receiver = new WebhookReceiver(_http, WebhookAddress.Parse(server.Address), new Secret("my-t0ken-that-is-long-enough-to-be-cut"));
        var problem = await Assert.ThrowsAsync<AlertException>(() => receiver.SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default));

        Assert.Contains("xxx…", problem.Message);
        Assert.DoesNotContain("my", problem.Message);
    }

    [Fact]
    public async Task AnAnswerThatDoesNotComeIsNotWaitedForForEver()
    {
        using var http = new AlertHttp { Timeout = TimeSpan.FromMilliseconds(100) };
        var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var address = WebhookAddress.Parse($"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}/x");

        var problem = await Assert.ThrowsAsync<AlertException>(() => new TeamsReceiver(http, address).SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), default));
        silent.Stop();
        Assert.Contains("no answer", problem.Message);
    }

    [Theory]
    [InlineData("http://hooks.example.com/services/T0P")]
    [InlineData("https://user:T0P@hooks.example.com/")]
    [InlineData("ftp://hooks.example.com/T0P")]
    [InlineData("T0P")]
    public void NoAddressThatOthersCouldReadIsTaken(string address) =>
        Assert.DoesNotContain("T0P", Assert.ThrowsAny<Exception>(() => WebhookAddress.Parse(address)).Message);

    [Theory]
    [InlineData("https://hooks.example.com/services/T0P")]
    [InlineData("http://localhost:8088/x")]
    [InlineData("http://[::1]/x")]
    public void OthersAre(string address) => Assert.DoesNotContain("T0P", WebhookAddress.Parse(address).ToString());

    private static Task SendAsync(AlertHttp http, Uri address, CancellationToken cancellationToken = default) =>
        new TeamsReceiver(http, WebhookAddress.Parse(address + "secret-path")).SendAsync(AlertSamples.MessageOf(AlertSamples.Failure(1)), cancellationToken);

    private static Dictionary<string, string> Form(string body, string type)
    {
        var boundary = Regex.Match(type, "boundary=\"?([^\";]+)").Groups[1].Value;
        return body.Split("--" + boundary).Select(part => Regex.Match(part, "name=\"([^\"]+)\".*?\r\n\r\n(.*)\r\n$", RegexOptions.Singleline)).Where(part => part.Success)
            .ToDictionary(part => part.Groups[1].Value, part => part.Groups[2].Value);
    }

    private static IEnumerable<JsonElement> Deep(JsonElement element, string type) => element.ValueKind switch
    {
        JsonValueKind.Object => (element.TryGetProperty("type", out var own) && own.GetString() == type ? [element] : Enumerable.Empty<JsonElement>())
            .Concat(element.EnumerateObject().SelectMany(member => Deep(member.Value, type))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Deep(item, type)),
        _ => [],
    };
}
