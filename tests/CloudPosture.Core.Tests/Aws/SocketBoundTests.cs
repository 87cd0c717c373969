using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Tests.Aws;

/// <summary>A server, a proxy or an attacker that sends without end or not at all takes neither all memory nor all time.</summary>
public sealed class SocketBoundTests : SocketTest
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Filler: ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("HTTP/1.1 200 ", "OKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOK")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n1;", "extension=extension=extension=extension=extension=extension=extension=ex")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    public async Task Headers_without_end_are_refused_before_they_take_memory(string beginning, string forever)
    {
        RawServer.Exchange? last = null;
        var problem = await FailAsync(Json, async exchange =>
        {
            last = exchange;
            await exchange.SendAsync(beginning);
            await exchange.SendForeverAsync(Encoding.ASCII.GetBytes(forever));
        });

        Assert.True(problem.Kind is AwsErrorKind.Transient or AwsErrorKind.Malformed, problem.ToString());
        Assert.InRange(last!.Sent, 0, Bound);
        AssertClear(problem, "kms:ListKeys");
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", true)]
    [InlineData("\r\n", false)]
    public async Task A_body_without_end_is_refused_before_it_takes_all_memory(string headers, bool isChunked)
    {
        RawServer.Exchange? last = null;
        var spaces = new string(' ', 0x10000);
        var part = Encoding.ASCII.GetBytes(isChunked ? $"10000\r\n{spaces}\r\n" : spaces);
        var problem = await FailAsync(Json, async exchange =>
        {
            last = exchange;
            await exchange.SendAsync(Ok + headers);
            await exchange.SendForeverAsync(part);
        });

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
        Assert.Contains("64 MiB", problem.Message, StringComparison.Ordinal);
        Assert.InRange(last!.Sent, Bound, 2L * Bound);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_bomb_bursts_at_the_bound(string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packing = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true) : new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 1024 * 1024));
            for (var mebibytes = 0; mebibytes < 256; mebibytes++)
            {
                await packing.WriteAsync(spaces);
            }
        }

        var problem = await FailAsync(Json, async exchange =>
        {
            await exchange.SendAsync($"{Ok}Content-Encoding: {encoding}\r\nContent-Length: {packed.Length}\r\n\r\n");
            await exchange.SendAsync(packed.ToArray());
        });

        Assert.InRange(packed.Length, 1, 1024 * 1024);
        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
        Assert.Contains("64 MiB", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Ok + "Content-Length: 500\r\n\r\n" + Keys, "")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")]
    [InlineData("", "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("", "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "")]
    public async Task Who_keeps_the_client_waiting_is_left_in_time(string beginning, string drop)
    {
        var problem = await FailAsync(
            Json,
            async exchange =>
            {
                await exchange.SendAsync(beginning);
                while (drop.Length > 0)
                {
                    await exchange.SendAsync(drop);
                    await Task.Delay(5);
                }

                await exchange.HangAsync();
            },
            new AwsClientOptions { Timeout = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(AwsErrorKind.TimedOut, problem.Kind);
        AssertClear(problem, "kms:ListKeys");
    }
}
