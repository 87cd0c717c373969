using System.Net;
using System.Net.Http;

namespace CloudPosture.Aws.Transport;

/// <summary>Makes the pooled connections a client sends over.</summary>
internal static class HttpTransport
{
    // Redirects would go out with a signature for another host; cookies have no place in an API.
    public static HttpMessageHandler Create()
    {
#if NET
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            Proxy = new DirectLoopback(HttpClient.DefaultProxy),
            ConnectTimeout = System.TimeSpan.FromSeconds(10),

            // AWS moves its endpoints' addresses; a process that runs for days must notice.
            PooledConnectionLifetime = System.TimeSpan.FromMinutes(5),
        };
#else
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,

            // The .NET Framework would allow two connections a host.
            MaxConnectionsPerServer = 256,
        };
        if ((EnvironmentProxy.Find() ?? WebRequest.DefaultWebProxy) is { } proxy)
        {
            handler.Proxy = new DirectLoopback(proxy);
        }

        return handler;
#endif
    }
}
