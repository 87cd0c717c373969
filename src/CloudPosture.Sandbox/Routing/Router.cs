using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.Routing;

/// <summary>Finds the operation of a request, as each service's front end does.</summary>
internal sealed class Router
{
    private readonly ILookup<string, ServiceModel> _bySigningName;
    private readonly Dictionary<ServiceModel, UriTemplate[]> _templates;

    public Router(IEnumerable<ServiceModel> services)
    {
        var all = services.ToList();
        _bySigningName = all.ToLookup(service => service.SigningName, StringComparer.Ordinal);
        _templates = all
            .Where(service => service.Protocol is AwsProtocol.RestJson or AwsProtocol.RestXml)
            .ToDictionary(service => service, TemplatesOf);
    }

    /// <summary>The service that answers when no operation is found: it decides the error's form.</summary>
    /// <param name="signingName">The service of the credential scope; null for an unsigned request.</param>
    /// <param name="request">The request.</param>
    public ServiceModel? ServiceOf(string? signingName, WireRequest request)
    {
        // S3 and its account settings share a signing name; the header is required by the latter alone.
        var candidates = _bySigningName[signingName ?? "sts"].ToList();
        return candidates.Find(service => service.Name == "s3control" && request.Header("x-amz-account-id") is not null)
            ?? candidates.Find(service => service.Name == signingName)
            ?? candidates.FirstOrDefault();
    }

    /// <summary>Finds the operation.</summary>
    /// <returns>The operation and its labels, or null where no service of that signing name knows it.</returns>
    public RoutedCall? Route(string? signingName, WireRequest request)
    {
        var first = ServiceOf(signingName, request);
        return first is null
            ? null
            : _bySigningName[signingName ?? "sts"]
                // Both kinds of load balancers have a DescribeLoadBalancers, told apart by the version alone.
                .OrderBy(service => request.Form.TryGetValue("Version", out var version) && version == service.ApiVersion ? 0 : 1)
                .ThenBy(service => service == first ? 0 : 1)
                .Select(service => Find(service, request))
                .FirstOrDefault(call => call is not null);
    }

    private RoutedCall? Find(ServiceModel service, WireRequest request) => service.Protocol switch
    {
        AwsProtocol.Query or AwsProtocol.Ec2 => request.Form.TryGetValue("Action", out var action) ? Named(service, action) : null,
        AwsProtocol.Json => request.Header("x-amz-target") is { } target && target.StartsWith(service.TargetPrefix + ".", StringComparison.Ordinal)
            ? Named(service, target[(service.TargetPrefix.Length + 1)..])
            : null,
        _ => Matched(service, request),
    };

    private RoutedCall? Matched(ServiceModel service, WireRequest request)
    {
        foreach (var template in _templates[service])
        {
            if (template.Match(request) is { } labels)
            {
                return new RoutedCall(template.Operation, labels);
            }
        }

        return null;
    }

    private static RoutedCall? Named(ServiceModel service, string operation) =>
        service.Operations.TryGetValue(operation, out var model) ? new RoutedCall(model, new Dictionary<string, string>()) : null;

    private static UriTemplate[] TemplatesOf(ServiceModel service) =>
        [.. service.Operations.Values.Select(operation => new UriTemplate(operation)).OrderByDescending(template => template.Specificity)];
}
