using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Aws;

/// <summary>A server on loopback that answers with whatever bytes a test wants, which no web server would send.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Exchange, Task> _answer;
    private readonly Task _serving;
    private int _requests;
    private int _connections;

    public RawServer(Func<Exchange, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections => _connections;

    public int Requests => _requests;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = TalkAsync(client, Interlocked.Increment(ref _connections));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task TalkAsync(TcpClient client, int connection)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (await ReadRequestAsync(stream))
            {
                var exchange = new Exchange(stream, Interlocked.Increment(ref _requests), connection, _stop.Token);
                await _answer(exchange);
                if (exchange.IsLast)
                {
                    return;
                }
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client has seen enough.
        }
    }

    private async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return false;
            }

            head.Append((char)one[0]);
        }

        foreach (var line in head.ToString().Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                await stream.ReadExactlyAsync(new byte[int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture)], _stop.Token);
            }
        }

        return true;
    }

    /// <summary>One request that waits for its answer.</summary>
    internal sealed class Exchange(NetworkStream stream, int number, int connection, CancellationToken stop)
    {
        private long _sent;

        /// <summary>The request's number, from 1.</summary>
        public int Number => number;

        /// <summary>The connection's number, from 1.</summary>
        public int Connection => connection;

        /// <summary>Whether the connection is closed after this.</summary>
        public bool IsLast { get; private set; }

        /// <summary>How many bytes went out.</summary>
        public long Sent => Interlocked.Read(ref _sent);

        public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

        public async Task SendAsync(byte[] bytes)
        {
            await stream.WriteAsync(bytes, stop);
            Interlocked.Add(ref _sent, bytes.Length);
        }

        /// <summary>Sends the same again and again, until nobody takes it any more.</summary>
        public async Task SendForeverAsync(byte[] bytes)
        {
            while (true)
            {
                await SendAsync(bytes);
            }
        }

        public void Close() => IsLast = true;

        public Task HangAsync() => Task.Delay(Timeout.Infinite, stop);
    }
}
