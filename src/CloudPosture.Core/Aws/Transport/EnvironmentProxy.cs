#if NETFRAMEWORK
using System;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;

namespace CloudPosture.Aws.Transport;

/// <summary>The proxy that HTTPS_PROXY and NO_PROXY tell, as .NET and AWS's own tools read them; the .NET Framework does not.</summary>
internal static class EnvironmentProxy
{
    /// <summary>The proxy; null where none is set, so that the system's own counts.</summary>
    public static IWebProxy? Find()
    {
        var text = Variable("HTTPS_PROXY") ?? Variable("ALL_PROXY");
        if (text is null || !Uri.TryCreate(text.Contains("://") ? text : "http://" + text, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var user = uri.UserInfo.Split([':'], 2).Select(Uri.UnescapeDataString).ToArray();
        return new WebProxy(new UriBuilder(uri) { UserName = "", Password = "" }.Uri, BypassOnLocal: true)
        {
            Credentials = uri.UserInfo.Length == 0 ? null : new NetworkCredential(user[0], user.ElementAtOrDefault(1)),
            BypassList = [.. (Variable("NO_PROXY") ?? "").Split([','], StringSplitOptions.RemoveEmptyEntries).Select(Pattern)],
        };
    }

    // Windows takes variables in any case, other systems often have these in lower case alone.
    private static string? Variable(string name) =>
        new[] { name, name.ToLowerInvariant() }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    /// <summary>A host (<c>example.com</c>), or a domain with all hosts in it (<c>.example.com</c>).</summary>
    private static string Pattern(string entry)
    {
        var host = entry.Trim();
        return host == "*" ? "." : $"^https?://{(host.StartsWith(".", StringComparison.Ordinal) ? "[^/]*" : "")}{Regex.Escape(host)}(:[0-9]+)?$";
    }
}
#endif
