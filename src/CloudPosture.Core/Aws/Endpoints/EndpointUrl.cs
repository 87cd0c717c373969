using System;
using System.Net;

namespace CloudPosture.Aws.Endpoints;

/// <summary>Endpoints that somebody set in place of AWS's own.</summary>
internal static class EndpointUrl
{
    /// <summary>Takes an endpoint that answers can be sent through without being read on the way.</summary>
    /// <param name="url">The address.</param>
    /// <param name="source">Where it was set, for the error.</param>
    /// <exception cref="AwsConfigurationException">It is no such address.</exception>
    public static Uri Accept(string url, string source)
    {
        // What stands before an @ may be a password.
        var shown = url.Substring(url.LastIndexOf('@') + 1);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new AwsConfigurationException($"{source} is '{shown}', which is not an endpoint. Give an address like https://host:port, without a user's name.");
        }

        return uri.Scheme == Uri.UriSchemeHttps || IsLoopback(uri)
            ? uri
            : throw new AwsConfigurationException($"{source} is '{shown}': plain http would let anybody on the way read the answers. Use https; http is for loopback addresses (127.0.0.1, ::1, localhost) alone.");
    }

    /// <summary>Whether an address is on this machine. Uri.IsLoopback also takes the machine's own name for it, though that may be an address on the network.</summary>
    public static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
