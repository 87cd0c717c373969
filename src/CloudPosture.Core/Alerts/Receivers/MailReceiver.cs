using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Errors;
using CloudPosture.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

namespace CloudPosture.Alerts.Receivers;

/// <summary>People, by mail. Over the network it goes by TLS alone, to a server whose certificate is trusted. Whether it was revoked is not asked, as with webhooks and AWS.</summary>
public sealed class MailReceiver : IAlertReceiver
{
    private const int TlsPort = 465;
    private readonly MailServer _server;
    private readonly MailboxAddress _from;
    private readonly IReadOnlyList<MailboxAddress> _to;

    /// <summary>Makes a receiver.</summary>
    /// <param name="server">The server.</param>
    /// <param name="from">Who writes.</param>
    /// <param name="to">Who is written to.</param>
    /// <exception cref="SettingException">An address is none.</exception>
    public MailReceiver(MailServer server, string from, IEnumerable<string> to)
    {
        _server = server;
        _from = Parse(from);
        _to = [.. to.Select(Parse)];
    }

    /// <inheritdoc/>
    public AlertKind Kind => AlertKind.Mail;

    /// <inheritdoc/>
    public string Identity => string.Join(",", _to.Select(address => address.Address.ToLowerInvariant()).OrderBy(address => address, StringComparer.Ordinal));

    /// <inheritdoc/>
    public string Place => string.Join(", ", _to.Select(address => address.Address));

    /// <inheritdoc/>
    public int? MostFindings => null;

    private bool IsLoopback => _server.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(_server.Host, out var address) && IPAddress.IsLoopback(address));

    /// <inheritdoc/>
    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        using var mail = Compose(message);

        // Mail servers stand in networks from which no list of revocations can be had, and then no alert would be told.
        using var client = new SmtpClient { CheckCertificateRevocation = false, Timeout = 30_000 };
        try
        {
            await client.ConnectAsync(_server.Host, _server.Port, Security(), cancellationToken).ConfigureAwait(false);
            if (_server is { UserName: { } user, Password: { } password })
            {
                await client.AuthenticateAsync(new NetworkCredential(user, password.Reveal()), cancellationToken).ConfigureAwait(false);
            }

            await client.SendAsync(mail, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsOfMail(problem))
        {
            var said = _server.Password?.Hide(Reason(problem)) ?? Reason(problem);
            throw new AlertException($"{_server.Host}:{FormattableString.Invariant($"{_server.Port}")} took no mail: {HostileText.Plain(said).TrimEnd('.')}. The next alert tells it again.", AdviceOn(problem));
        }

        await QuitAsync(client, cancellationToken).ConfigureAwait(false);
    }

    internal MimeMessage Compose(AlertMessage message)
    {
        var mail = new MimeMessage
        {
            Subject = AlertText.Title(message.Digest),
            Date = message.CreatedAt,
            MessageId = $"{message.Id}@cloudposture.invalid",
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = AlertText.Plain(message.Digest) },
                new TextPart(TextFormat.Html) { Text = Html(message.Digest) },
            },
        };
        mail.From.Add(_from);
        mail.To.AddRange(_to);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static string Html(AlertDigest digest)
    {
        static string Text(string text) => WebUtility.HtmlEncode(text);
        var html = new StringBuilder("<!DOCTYPE html><html><body style=\"font-family:sans-serif\">")
            .Append($"<h2>{Text(AlertText.Title(digest))}</h2><p>{Text(AlertText.Summary(digest))}</p>");
        foreach (var group in digest.Groups)
        {
            html.Append($"<h3 style=\"margin-bottom:0\">{Text(AlertText.Head(group))}</h3><p style=\"margin:0\">{Text(AlertText.Account(group))}: {Text(AlertText.Name(group.Title))}</p><ul style=\"margin-top:0\">")
                .Append(string.Concat(AlertText.Resources(group).Select(resource => $"<li>{Text(resource)}</li>")))
                .Append("</ul>");
        }

        return html.Append($"<p>{Text(AlertText.Rest(digest, digest.Groups.Count))}</p></body></html>").ToString();
    }

    private SecureSocketOptions Security() =>
        _server.Port == TlsPort ? SecureSocketOptions.SslOnConnect
        : IsLoopback ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;

    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsOfMail(problem))
        {
            // The message is taken by then: a server that says nothing more does no harm.
        }
    }

    private static bool IsOfMail(Exception problem) =>
        problem is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException or SocketException or IOException or TimeoutException or ServiceNotConnectedException or ServiceNotAuthenticatedException;

    private static string Reason(Exception problem) => problem switch
    {
        AuthenticationException => "it refuses the user's name or password",
        SslHandshakeException => "TLS failed: its certificate is not trusted here, is another host's or has run out; or the port is not one of TLS",
        NotSupportedException => "it offers no TLS, or no way of signing in that is known, and nothing is sent in plain text. Use the port of submission, 587 or 465",
        _ => problem.Message,
    };

    private static Advice? AdviceOn(Exception problem) => problem switch
    {
        AuthenticationException => new Advice("Correct them.", "SmtpCredential"),
        SslHandshakeException => new Advice("Correct the port, or have the certificate trusted.", "SmtpPort"),
        _ => null,
    };

    private static MailboxAddress Parse(string address) =>
        MailboxAddress.TryParse(address, out var mailbox) && mailbox.Address.IndexOf('@') > 0 && address.IndexOfAny(['\r', '\n']) < 0
            ? mailbox
            : throw new SettingException($"'{HostileText.Plain(address)}' is no mail address.");
}
