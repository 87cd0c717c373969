using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Errors;

namespace CloudPosture.Alerts;

/// <summary>Where messages are posted. All but its host is a secret.</summary>
public sealed class WebhookAddress
{
    private readonly IReadOnlyList<Secret> _secrets;

    private WebhookAddress(Uri uri)
    {
        Uri = uri;
        _secrets = [.. new[] { uri.OriginalString, uri.AbsoluteUri, uri.PathAndQuery, uri.AbsolutePath.Trim('/'), uri.Query.TrimStart('?') }.Where(part => part.Length > 8).Select(part => new Secret(part))];
    }

    /// <summary>The host, for people.</summary>
    public string Host => Uri.IsDefaultPort ? Uri.Host : $"{Uri.Host}:{Uri.Port}";

    /// <summary>Whether it is on this machine.</summary>
    public bool IsLoopback => Uri.IsLoopback;

    /// <summary>Whether nothing in it can be a secret but its path.</summary>
    public bool IsPlain => Uri.Query.Length == 0;

    internal Uri Uri { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="SettingException">It holds a password, is no address, or would send in plain text over the network.</exception>
    public static WebhookAddress Parse(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            throw new SettingException("The webhook's address is no address: it begins with https://.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw new SettingException("The webhook's address holds a user's name or password.", new Advice("Give a token instead.", "WebhookToken"));
        }

        return uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback
            ? new WebhookAddress(uri)
            : throw new SettingException("The webhook's address is one of plain http, which anybody on the way can read. Only https goes over the network.");
    }

    /// <summary>The host.</summary>
    public override string ToString() => Host;

    internal string Hide(string said) => _secrets.Aggregate(said, (text, secret) => secret.Hide(text));
}
