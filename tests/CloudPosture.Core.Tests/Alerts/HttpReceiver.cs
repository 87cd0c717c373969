using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Alerts;

/// <summary>An HTTP server on loopback that keeps what it is sent and answers as it is told.</summary>
internal sealed class HttpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _work;

    public HttpReceiver(params int[] statuses)
    {
        Answers = new ConcurrentQueue<int>(statuses);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/secret-path/T0P";
        }

        _listener.Prefixes.Add(new Uri(Address).GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _work = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public string Said { get; init; } = "ok";

    public List<(string Body, string? Authorization, string? ContentType)> Requests { get; } = [];

    /// <summary>What it answers first; then 200.</summary>
    private ConcurrentQueue<int> Answers { get; }

    public void Dispose()
    {
        _listener.Close();
        _work.Wait();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(call.Request.InputStream, Encoding.UTF8);
            Requests.Add((await reader.ReadToEndAsync(), call.Request.Headers["Authorization"], call.Request.ContentType));
            call.Response.StatusCode = Answers.TryDequeue(out var status) ? status : 200;
            call.Response.Headers["Retry-After"] = "1";
            call.Response.Headers["Location"] = "http://127.0.0.1:1/elsewhere";
            var said = Encoding.UTF8.GetBytes(Said);
            await call.Response.OutputStream.WriteAsync(said);
            call.Response.Close();
        }
    }
}
