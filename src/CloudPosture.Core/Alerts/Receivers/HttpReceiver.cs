using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Alerts.Receivers;

/// <summary>A receiver that is told by one request to an address.</summary>
public abstract class HttpReceiver : IAlertReceiver
{
    private readonly AlertHttp _http;
    private readonly WebhookAddress _address;
    private readonly string? _scheme;
    private readonly Secret? _token;

    /// <param name="http">What posts.</param>
    /// <param name="address">Where.</param>
    /// <param name="scheme">How the token is sent; null for none.</param>
    /// <param name="token">The token; null for none.</param>
    private protected HttpReceiver(AlertHttp http, WebhookAddress address, string? scheme = null, Secret? token = null) =>
        (_http, _address, _scheme, _token) = (http, address, scheme, token);

    /// <inheritdoc/>
    public virtual AlertKind Kind => AlertKind.Webhook;

    /// <inheritdoc/>
    public string Identity => _address.Uri.AbsoluteUri;

    /// <inheritdoc/>
    public string Place => _address.Host;

    /// <inheritdoc/>
    public virtual int? MostFindings => null;

    /// <inheritdoc/>
    public Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        // A second attempt sends the same.
        var body = Body(message);
        return _http.PostAsync(_address, () => Content(body), _scheme, _token, cancellationToken);
    }

    private protected abstract byte[] Body(AlertMessage message);

    private protected virtual HttpContent Content(byte[] body) => JsonBody.Content(body);
}
