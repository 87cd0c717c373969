using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Aws.Models;

namespace CloudPosture.Connections;

/// <summary>Tells where AWS is asked, and through which proxy, by the rules of the client and of .NET.</summary>
/// <param name="models">The services that an endpoint may be set for.</param>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="given">The endpoint the client was told to use; null for none.</param>
/// <param name="settings">What the credentials' profile says; null where it says nothing.</param>
internal sealed class EndpointCheck(ServiceModels models, Func<string, string?> environment, Uri? given, EndpointSettings? settings)
{
    private const string AwsOwn = "AWS's own";

    /// <summary>What the Endpoint check says.</summary>
    public string Endpoints
    {
        get
        {
            if (given is not null)
            {
                return $"{Plain(given)} in place of {AwsOwn}.";
            }

            if (IsIgnored)
            {
                return $"{AwsOwn} endpoints.";
            }

            var general = Variable("AWS_ENDPOINT_URL") is { } url ? Plain(url) : settings?.Url is { } own ? Plain(own) : null;
            var special = Special().ToList();
            var rest = general is null ? $"{AwsOwn} endpoints" : $"{general} in place of {AwsOwn}";
            return special.Count == 0 ? rest + "." : $"{rest}, but {string.Join(", ", special)}.";
        }
    }

    /// <summary>The proxy between here and STS, with neither user nor password; null where there is none.</summary>
    public string? Proxy => IsBypassed || ProxyVariable() is not { } text ? null : Plain(text.Contains("://") ? text : "http://" + text);

    /// <summary>What the Proxy check says.</summary>
    public string ProxyText => Proxy is { } proxy ? $"{proxy}."
        : ProxyVariable() is null ? "None is set in the environment."
        : $"None for {Sts.Host}: NO_PROXY excepts it.";

    private bool IsIgnored => Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") is { } text ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : settings?.IgnoresConfiguredUrls ?? false;

    private Uri Sts
    {
        get
        {
            var own = settings is not null && settings.ServiceUrls.TryGetValue("STS", out var service) ? service : settings?.Url;
            var configured = IsIgnored ? null : Address(Variable("AWS_ENDPOINT_URL_STS")) ?? Address(Variable("AWS_ENDPOINT_URL")) ?? own;
            return given ?? configured ?? new Uri($"https://sts.{Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? "us-east-1"}.amazonaws.com");
        }
    }

    private bool IsBypassed
    {
        get
        {
            var host = Sts.Host;
            return (Variable("NO_PROXY") ?? Variable("no_proxy") ?? "").Split(',').Select(entry => entry.Trim()).Any(entry =>
                entry == "*"
                || string.Equals(entry.TrimStart('.'), host, StringComparison.OrdinalIgnoreCase)
                || (entry.StartsWith(".", StringComparison.Ordinal) && host.EndsWith(entry, StringComparison.OrdinalIgnoreCase)));
        }
    }

    private IEnumerable<string> Special()
    {
        foreach (var service in models.Names.Select(models.Get)
            .GroupBy(model => model.ServiceId, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.Key))
        {
            if (Variable("AWS_ENDPOINT_URL_" + service.ToUpperInvariant().Replace(' ', '_')) is { } url)
            {
                yield return $"{Plain(url)} for {service}";
            }
            else if (Variable("AWS_ENDPOINT_URL") is null && settings is not null && settings.ServiceUrls.TryGetValue(service, out var own))
            {
                yield return $"{Plain(own)} for {service}";
            }
        }
    }

    private string? ProxyVariable()
    {
        var names = Sts.Scheme == Uri.UriSchemeHttps ? new[] { "https_proxy", "HTTPS_PROXY" } : ["http_proxy", "HTTP_PROXY"];
        return names.Concat(["all_proxy", "ALL_PROXY"]).Select(Variable).FirstOrDefault(value => value is not null);
    }

    private string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;

    // Addresses may carry a password.
    private static string Plain(string address) => Address(address) is { Host.Length: > 0 } uri ? Plain(uri) : "an address that cannot be read";

    private static string Plain(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
