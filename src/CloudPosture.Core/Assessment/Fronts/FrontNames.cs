using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>The domain names of their own that lead to APIs.</summary>
internal sealed class FrontNames
{
    public const string DomainName = "AWS::ApiGatewayV2::DomainName";
    private const string ByRules = "ROUTING_RULE";
    private readonly Dictionary<(string AccountId, string Region, string ApiId), SortedSet<string>> _names = [];
    private readonly Dictionary<(string AccountId, string Region), string> _open = [];

    /// <summary>Takes a domain name.</summary>
    public void Add(Resource name)
    {
        if (OpeningReader.IsUnread(name, "ApiMappings") || name.Configuration.Text("RoutingMode")?.StartsWith(ByRules, StringComparison.Ordinal) == true)
        {
            _open[(name.AccountId, name.Region)] = name.Id;
        }

        foreach (var api in name.Configuration.Items("ApiMappings").Select(mapping => mapping.Text("ApiId")).OfType<string>())
        {
            var key = (name.AccountId, name.Region, api);
            (_names.TryGetValue(key, out var known) ? known : _names[key] = new(StringComparer.Ordinal)).Add(name.Id.ToLowerInvariant());
        }
    }

    /// <summary>Something in front with the names that lead to it: without any, it is closed where its default endpoint is disabled.</summary>
    public Front Named(Front front)
    {
        var names = _names.TryGetValue((front.Thing.AccountId, front.Thing.Region, front.Thing.Id), out var own) ? [.. own] : Array.Empty<string>();
        return !front.IsEndpointDisabled ? front with { Hosts = [.. front.Hosts, .. names] }
            : names.Length > 0 ? front with { Hosts = names }
            : front with { Hosts = [], Stop = Closed(front) };
    }

    private FrontStop Closed(Front front) => _open.TryGetValue((front.Thing.AccountId, front.Thing.Region), out var name)
        ? new FrontStop(ExposureStop.ServiceSetting, $"its default endpoint is disabled, and where {name} leads was not read", IsUnknown: true)
        : new FrontStop(ExposureStop.ServiceSetting, "its default endpoint is disabled, and no domain name of its own was found");
}
