using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Protocols;
using CloudPosture.Aws.Transport;

namespace CloudPosture.Tests.Aws;

/// <summary>Answers that come late, not at all, or without end.</summary>
public sealed class TransportTests
{
    private const int Bound = 64 * 1024 * 1024;
    private static readonly AwsCall Call = StubTransport.Call("kms", "ListKeys");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_longer_than_any_of_AWS_is_refused_before_it_takes_all_memory(bool isAnnounced)
    {
        using var body = new Body(Bound + 1L);
        using var client = Client(body, isAnnounced);

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => client.SendAsync(Call, default));

        Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
        Assert.Contains("64 MiB", problem.Message);
        Assert.InRange(body.Given, 0, isAnnounced ? 0 : 2L * Bound);
    }

    [Fact]
    public async Task Who_answers_without_end_is_not_asked_again()
    {
        var transport = new StubTransport(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Zeros()) });
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { Environment = _ => null, HttpMessageHandler = transport });

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => client.SendWithRetryAsync(Call, default));

        Assert.Contains("64 MiB", problem.Message);
        Assert.Single(transport.Requests);
    }

    [Fact]
    public async Task A_bomb_takes_no_more_than_the_longest_answer_and_its_copies()
    {
        using var bomb = new StreamContent(new Zeros());
        var before = GC.GetAllocatedBytesForCurrentThread();

        await Assert.ThrowsAsync<MalformedAnswerException>(() => ResponseBody.ReadAsync(bomb, (place, _) => Task.FromResult(place!), default));

        // 8 + 16 + 32 + 64 MiB, each the copy of the one before.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (1024 * 1024), 64, 130);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_whole_answer_that_does_not_come_in_time_is_timed_out(bool hasBegun)
    {
        using var body = new Body(hasBegun ? 10 : 0, hangs: true);
        using var client = Client(hasBegun ? body : null, isAnnounced: false, new AwsClientOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => client.SendAsync(Call, default));

        Assert.Equal((AwsErrorKind.TimedOut, "Timeout", 0), (problem.Kind, problem.Code, problem.HttpStatus));
        Assert.Contains("no whole answer", problem.Message);
        Assert.Equal(("kms", "ListKeys", "us-east-1", "111122223333"), (problem.Service, problem.Operation, problem.Region, problem.AccountId));
    }

    [Theory]
    [InlineData("The proxy tunnel request to proxy 'http://alice:planted%2Fpass@127.0.0.1:9303/' failed with status code '407'.\"")]
    [InlineData("The connection to https://planted@proxy.example:8080 was closed")]
    public async Task A_proxys_password_is_in_no_error(string message)
    {
        var transport = new StubTransport(() => throw new HttpRequestException("An error occurred.", new IOException(message)));

        var problem = await transport.FailAsync(Call);

        Assert.Contains(message.Split('@')[1].Split('/', ' ')[0], problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("alice", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_cancels_is_let_go_at_once_and_told_nothing_else(bool hasBegun)
    {
        using var stop = new CancellationTokenSource();
        using var body = new Body(hasBegun ? 10 : 0, hangs: true, onHang: stop.Cancel);
        using var client = Client(hasBegun ? body : null, isAnnounced: false, onHang: stop.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(Call, stop.Token));
    }

    [Fact]
    public async Task A_connection_that_breaks_midway_is_a_passing_fault()
    {
        using var body = new Body(10, breaks: true);
        using var client = Client(body, isAnnounced: false);

        var problem = await Assert.ThrowsAsync<AwsServiceException>(() => client.SendAsync(Call, default));

        Assert.Equal((AwsErrorKind.Transient, "ConnectionBroken"), (problem.Kind, problem.Code));
    }

    /// <summary>Large answers take turns, and those that wait for theirs are not those that are slow.</summary>
    [Fact]
    public async Task Large_answers_that_hang_cost_the_others_a_wait_and_not_their_answer()
    {
        const int Large = 300 * 1024;
        const int Turns = 4;
        var hanging = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = Enumerable.Range(0, Turns).Select(async _ =>
        {
            using var body = new Body(Large, hangs: true, onHang: Hangs);
            using var client = Client(body, isAnnounced: false, new AwsClientOptions { Timeout = TimeSpan.FromSeconds(4) });
            return (await Assert.ThrowsAsync<AwsServiceException>(() => client.SendAsync(Call, default))).Kind;
        }).ToList();

        // On a machine that stands still they may be over before they hang.
        await Task.WhenAny(all.Task, Task.WhenAll(slow));

        using var whole = new Body(Large);
        using var quick = Client(whole, isAnnounced: false, new AwsClientOptions { Timeout = TimeSpan.FromSeconds(2) });
        using var answer = await quick.SendAsync(Call, default);

        Assert.Equal("{}", answer.Root.GetRawText());
        Assert.All(await Task.WhenAll(slow), kind => Assert.Equal(AwsErrorKind.TimedOut, kind));

        void Hangs()
        {
            if (Interlocked.Increment(ref hanging) == Turns)
            {
                all.TrySetResult();
            }
        }
    }

    /// <summary>What is made of a huge answer takes several times its size: there is one at a time, and the next waits in the network.</summary>
    [Fact]
    public async Task Huge_answers_come_one_after_the_other()
    {
        const long Total = 8L * LargeAnswer.HugeSize;
        using var stop = new CancellationTokenSource();
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isAtTheGate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var endless = new Body(LargeAnswer.HugeSize + 1, hangs: true, onHang: () => isThere.TrySetResult());
        using var first = Client(endless, isAnnounced: false);
        var one = first.SendAsync(Call, stop.Token);
        await isThere.Task;

        using var waiting = new Body(Total, onGiven: given => _ = given >= LargeAnswer.HugeSize && isAtTheGate.TrySetResult());
        using var second = Client(waiting, isAnnounced: false);
        var other = second.SendAsync(Call, default);
        await isAtTheGate.Task;
        for (var turn = 0; turn < 20; turn++)
        {
            using var body = new Body(64 * 1024);
            using var quick = Client(body, isAnnounced: false);
            using var small = await quick.SendAsync(Call, default);
        }

        Assert.InRange(waiting.Given, LargeAnswer.HugeSize, Total / 2);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        using var answer = await other;
        Assert.Equal(("{}", Total), (answer.Root.GetRawText(), waiting.Given));
    }

    private static AwsClient Client(Body? body, bool isAnnounced, AwsClientOptions? options = null, Action? onHang = null) =>
        new(Shipped.Content.Models, (options ?? new AwsClientOptions()) with { Environment = _ => null, HttpMessageHandler = new Handler(body, isAnnounced, onHang) });

    /// <summary>Answers with a body, or never.</summary>
    private sealed class Handler(Body? body, bool isAnnounced, Action? onHang) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (body is null)
            {
                onHang?.Invoke();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            var content = new StreamContent(body!);
            content.Headers.ContentLength = isAnnounced ? body!.Total : null;
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        }
    }

    /// <summary>An empty object, so many bytes long; then the end, a silence, or a broken connection.</summary>
    private sealed class Body(long total, bool hangs = false, bool breaks = false, Action? onHang = null, Action<long>? onGiven = null) : Stream
    {
        public long Total => total;

        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            var given = (int)Math.Min(count, total - Given);
            if (given == 0 && hangs)
            {
                onHang?.Invoke();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (given == 0 && breaks)
            {
                throw new IOException("Connection reset by peer");
            }

            Array.Fill(buffer, (byte)' ', offset, given);
            if (Given == 0 && given > 0)
            {
                buffer[offset] = (byte)'{';
            }

            if (Given + given == total && given > 1)
            {
                buffer[offset + given - 1] = (byte)'}';
            }

            Given += given;
            onGiven?.Invoke(Given);
            return given;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var array = new byte[buffer.Length];
            var read = await ReadAsync(array, 0, array.Length, cancellationToken);
            array.AsMemory(0, read).CopyTo(buffer);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>What never ends, and never keeps waiting.</summary>
    private sealed class Zeros : MemoryStream
    {
        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
