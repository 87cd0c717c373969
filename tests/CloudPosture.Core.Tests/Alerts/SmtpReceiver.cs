using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Alerts;

/// <summary>A mail server on loopback that keeps what it is sent; it signs clients in and, where it is told to, speaks TLS with a certificate that nobody trusts.</summary>
internal sealed class SmtpReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _work;
    private readonly bool _hasTls;

    public SmtpReceiver(bool hasTls = false)
    {
        _hasTls = hasTls;
        _listener.Start();
        _work = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string? Password { get; init; }

    public bool RefusesRecipients { get; init; }

    public List<string> Mails { get; } = [];

    public List<string> Commands { get; } = [];

    public void Dispose()
    {
        _listener.Stop();
        _work.Wait();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        try
        {
            await TalkAsync(stream, "220 here\r\n");
        }
        catch (Exception problem) when (problem is IOException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private async Task TalkAsync(Stream stream, string greeting)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await SayAsync(stream, greeting);
        while (await reader.ReadLineAsync() is { } line)
        {
            Commands.Add(line);
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "STARTTLS")
            {
                await SayAsync(stream, "220 go\r\n");
                using var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(Certificate());
                await TalkAsync(secure, "");
                return;
            }

            await SayAsync(stream, verb switch
            {
                "EHLO" => $"250-here\r\n{(_hasTls ? "250-STARTTLS\r\n" : "")}250-AUTH PLAIN\r\n250 SMTPUTF8\r\n",
                "AUTH" => line.EndsWith(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0posture\0{Password}")), StringComparison.Ordinal) ? "235 in\r\n" : "535 no\r\n",
                "RCPT" when RefusesRecipients => "550 nobody here by that name\r\n",
                "DATA" => "354 go\r\n",
                "QUIT" => "221 bye\r\n",
                _ => "250 ok\r\n",
            });
            if (verb == "DATA")
            {
                Mails.Add(await ReadMailAsync(reader));
                await SayAsync(stream, "250 taken\r\n");
            }
        }
    }

    private static async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return mail.ToString();
    }

    private static async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
