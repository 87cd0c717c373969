using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace CloudPosture.Aws.Transport;

/// <summary>Tells a connection that was never made from one that broke.</summary>
internal static class NetworkFailure
{
    private static readonly Regex UserInfo = new(@"(?<=://)[^/\s]*@", RegexOptions.CultureInvariant);

    /// <summary>Whether an exception comes from the network.</summary>
    public static bool Is(Exception exception) => exception is HttpRequestException or IOException or WebException or ObjectDisposedException;

    /// <summary>Whether the endpoint was never reached: no such host, nobody listens, no trust.</summary>
    public static bool IsUnreachable(Exception exception)
    {
#if NET
        return exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        };
#else
        return exception.GetBaseException() is System.Net.Sockets.SocketException
        {
            SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused or System.Net.Sockets.SocketError.HostNotFound
                    or System.Net.Sockets.SocketError.HostUnreachable or System.Net.Sockets.SocketError.NetworkUnreachable or System.Net.Sockets.SocketError.TimedOut
        }
            || exception.InnerException is WebException
            {
                Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.ConnectFailure
                    or WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure
            };
#endif
    }

    /// <summary>The innermost message, which alone says what happened, without the user and password that a proxy's address may hold.</summary>
    public static string Reason(Exception exception) => UserInfo.Replace(exception.GetBaseException().Message, "").TrimEnd('.', '"');

    /// <summary>An exception that may be passed on: null where its messages, or those inside it, hold an address with a user and password.</summary>
    public static Exception? Harmless(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (UserInfo.IsMatch(inner.Message))
            {
                return null;
            }
        }

        return exception;
    }
}
