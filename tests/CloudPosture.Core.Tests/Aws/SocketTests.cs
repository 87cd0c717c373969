using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Tests.Aws;

/// <summary>What a broken server, a proxy or an attacker may send in place of an answer: one clear error each.</summary>
public sealed class SocketTests : SocketTest
{
    [Theory]
    [InlineData("Content-Length: 500\r\n\r\n" + Keys, AwsErrorKind.Transient)]
    [InlineData("Content-Length: 40\r\n\r\n" + Keys, AwsErrorKind.Malformed)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"Key\r\n", AwsErrorKind.Transient)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n", AwsErrorKind.Transient)]
    [InlineData("\r\n{\"Keys\":[{\"KeyId\":\"k-1\"", AwsErrorKind.Malformed)]
    [InlineData("Content-Encoding: gzip\r\n\r\n" + Keys, AwsErrorKind.Malformed)]
    [InlineData("Content-Encoding: deflate\r\n\r\n" + Keys, AwsErrorKind.Malformed)]
    [InlineData("\r\n{\"Keys\":[{\"KeyId\":\"\\ud800\"}]}", AwsErrorKind.Malformed)]
    [InlineData("\r\n{\"Keys\":[{\"KeyId\":\"a\\udc00b\"}]}", AwsErrorKind.Malformed)]
    [InlineData("\r\n{\"Keys\":[{\"KeyId\":\"\u00ff\u00fe\"}]}", AwsErrorKind.Malformed)]
    public async Task What_is_no_whole_answer_in_JSON_is_an_error(string rest, AwsErrorKind kind)
    {
        var problem = await FailAsync(Json, async exchange =>
        {
            await exchange.SendAsync(Ok + rest);
            exchange.Close();
        });

        Assert.Equal(kind, problem.Kind);
        AssertClear(problem, "kms:ListKeys");
    }

    [Theory]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: ")]
    [InlineData("Content-Length: 0x10")]
    [InlineData("Content-Length: +81")]
    [InlineData("Content-Length: 81, 81")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length: 81\r\nContent-Length: 5")]
    [InlineData("Content-Length: 5\r\nContent-Length: 81")]
    [InlineData("Content-Length: 81\r\nContent-Length: -1")]
    [InlineData("Content-Length: 81\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5")]
    [InlineData("Transfer-Encoding: chunked, chunked")]
    [InlineData("Transfer-Encoding: identity")]
    public async Task Who_does_not_say_where_an_answer_ends_has_given_none(string headers)
    {
        var isChunked = headers.Contains("chunked", StringComparison.Ordinal);
        await using var server = new RawServer(async exchange =>
        {
            await exchange.SendAsync($"{Ok}{headers}\r\n\r\n{(isChunked ? $"{Keys.Length:x}\r\n{Keys}\r\n0\r\n\r\n" : Keys)}");
            exchange.Close();
        });
        using var client = Client(server);

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => client.SendWithRetryAsync(Json, CancellationToken.None));

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
        Assert.Equal(3, server.Requests);
        AssertClear(problem, "kms:ListKeys");
    }

    [Fact]
    public async Task Who_says_twice_where_an_answer_ends_and_means_the_same_is_understood()
    {
        await using var server = new RawServer(exchange => exchange.SendAsync($"{Ok}Content-Length: {Keys.Length}\r\nContent-Length: {Keys.Length}\r\n\r\n{Keys}"));

        Assert.Equal(Keys, await AskAsync(Client(server), Json));
    }

    [Theory]
    [InlineData("-51")]
    [InlineData("0x51")]
    [InlineData("+51")]
    [InlineData("")]
    [InlineData("FFFFFFFFFFFFFFFFFF")]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    public async Task A_part_of_no_possible_size_is_an_error_and_asked_for_again(string size)
    {
        await using var server = new RawServer(async exchange =>
        {
            await exchange.SendAsync($"{Ok}Transfer-Encoding: chunked\r\n\r\n{size}\r\n{Keys}\r\n0\r\n\r\n");
            exchange.Close();
        });
        using var client = Client(server);

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => client.SendWithRetryAsync(Json, CancellationToken.None));

        Assert.True(problem.Kind is AwsErrorKind.Transient or AwsErrorKind.Malformed, problem.ToString());
        Assert.Equal(3, server.Requests);
        AssertClear(problem, "kms:ListKeys");
    }

    [Theory]
    [InlineData("<member><TopicArn>&#xD800;</TopicArn></member>")]
    [InlineData("<member><TopicArn>a&#xDC00;b</TopicArn></member>")]
    [InlineData("<member><TopicArn>\u00ff\u00fe</TopicArn></member>")]
    [InlineData("<member><TopicArn>a</TopicArn>")]
    public async Task What_is_no_whole_answer_in_XML_is_an_error(string members)
    {
        var problem = await FailAsync(Xml, async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<ListTopicsResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><ListTopicsResult><Topics>" + members + "</Topics></ListTopicsResult></ListTopicsResponse>");
            exchange.Close();
        });

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
        AssertClear(problem, "sns:ListTopics");
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")]
    public async Task What_only_announces_an_answer_is_none(string before)
    {
        await using var server = new RawServer(exchange => exchange.SendAsync($"{before}{Ok}Content-Length: {Keys.Length}\r\n\r\n{Keys}"));

        Assert.Equal(Keys, await AskAsync(Client(server), Json));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var elsewhere = new RawServer(exchange => exchange.SendAsync($"{Ok}Content-Length: {Keys.Length}\r\n\r\n{Keys}"));
        var problem = await FailAsync(Json, exchange => exchange.SendAsync($"HTTP/1.1 {status} Elsewhere\r\nLocation: {elsewhere.Url}\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(0, elsewhere.Requests);
        Assert.Equal(status, problem.HttpStatus);
        AssertClear(problem, "kms:ListKeys");
        Assert.Contains("elsewhere", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 304 Not Modified\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 999 ?\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("ICY 200 OK\r\n\r\n")]
    [InlineData(Keys)]
    [InlineData("\r\n\r\n")]
    [InlineData("")]
    public async Task What_is_no_answer_of_HTTP_is_an_error(string bytes)
    {
        var problem = await FailAsync(Json, async exchange =>
        {
            await exchange.SendAsync(bytes);
            exchange.Close();
        });

        AssertClear(problem, "kms:ListKeys");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_closed_at_the_next_request_costs_no_error(bool isAnnounced)
    {
        await using var server = new RawServer(async exchange =>
        {
            // The second request of a connection meets its end.
            if (exchange.Number % 2 == 0 && exchange.Connection == 1)
            {
                exchange.Close();
                return;
            }

            await exchange.SendAsync($"{Ok}{(isAnnounced ? "Connection: close\r\n" : "")}Content-Length: {Keys.Length}\r\n\r\n{Keys}");
            if (isAnnounced)
            {
                exchange.Close();
            }
        });
        using var client = Client(server);

        for (var call = 0; call < 3; call++)
        {
            using var answer = await client.SendWithRetryAsync(Json, CancellationToken.None);
            Assert.Equal(Keys, answer.Root.GetRawText());
        }

        Assert.InRange(server.Connections, 2, 3);
    }

    [Fact]
    public async Task What_follows_an_answer_is_not_taken_for_the_next_one()
    {
        const string Planted = """{"Keys":[]}""";
        await using var server = new RawServer(exchange => exchange.SendAsync(
            exchange.Number == 1
                ? $"{Ok}Content-Length: {Keys.Length}\r\n\r\n{Keys}{Ok}Content-Length: {Planted.Length}\r\n\r\n{Planted}"
                : $"{Ok}Content-Length: {Keys.Length}\r\n\r\n{Keys}"));
        using var client = Client(server);

        for (var call = 0; call < 2; call++)
        {
            using var answer = await client.SendAsync(Json, CancellationToken.None);
            Assert.Equal(Keys, answer.Root.GetRawText());
        }
    }
}
