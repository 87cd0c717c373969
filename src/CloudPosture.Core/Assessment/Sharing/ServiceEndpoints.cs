using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Graph;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Sharing;

/// <summary>The services that run what is theirs outside of the account's networks, and say for themselves whom they answer.</summary>
internal static class ServiceEndpoints
{
    private const string LightsailInstance = "AWS::Lightsail::Instance";

    private static readonly Dictionary<string, ServiceEndpoint> Known = new ServiceEndpoint[]
    {
        new("AWS::AppRunner::Service", Path("Details.NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible"), "true", "its ingress is private", State: Path("Details.Status"), Runs: "RUNNING"),
        new("AWS::BedrockAgentCore::Gateway", Path("authorizerType"), "NONE", "it asks for credentials", State: Path("status"), Runs: "READY"),
        new("AWS::EKS::Cluster", Path("Cluster.resourcesVpcConfig.endpointPublicAccess"), "true", "its endpoint is private", Path("Cluster.resourcesVpcConfig.publicAccessCidrs[]"), Path("Cluster.status"), "ACTIVE", "Kubernetes asks for credentials"),
        new("AWS::Glue::DevEndpoint", Path("PublicAddress"), null, "it has no public address", State: Path("Status"), Runs: "READY", Guard: "SSH asks for a key"),
        new("AWS::Lightsail::Database", Path("publiclyAccessible"), "true", "it is not publicly accessible", State: Path("state"), Runs: "available", Guard: "the database asks for a password"),
    }.ToDictionary(endpoint => endpoint.Type, StringComparer.Ordinal);

    /// <summary>The types.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Known.Keys, LightsailInstance];

    /// <summary>The ways in.</summary>
    public static IEnumerable<Opening> Of(Resource resource) =>
        resource.Type == LightsailInstance ? Ports(resource)
        : Known.TryGetValue(resource.Type, out var endpoint) ? [Of(resource, endpoint)]
        : [];

    private static Opening Of(Resource resource, ServiceEndpoint endpoint)
    {
        var (said, state) = (TextAt(resource, endpoint.Field), endpoint.State is null ? null : TextAt(resource, endpoint.State));
        if (said is null && resource.Gaps.Any(gap => gap.Field is null || endpoint.Field.IsTouchedBy(gap.Field)))
        {
            return new Opening("endpoint", null, $"{endpoint.Field.Text} was not read");
        }

        var isOpen = said is { Length: > 0 } && (endpoint.Value is null || string.Equals(said, endpoint.Value, StringComparison.OrdinalIgnoreCase));
        var sources = endpoint.Sources?.FindAll(resource.Configuration).Select(value => value.ToString()).ToList();
        return !isOpen ? Stopped(resource, endpoint.WhyNot)
            : state is not null && !string.Equals(state, endpoint.Runs, StringComparison.OrdinalIgnoreCase) ? new Opening("endpoint", true, $"{resource.Name} has a public endpoint", ExposureStop.Listener, $"it is {state}")
            : sources is { Count: > 0 } && !IsInternet(sources) ? Stopped(resource, $"it answers {string.Join(", ", sources)} alone")
            : new Opening("endpoint", true, $"{resource.Name} answers everyone{(endpoint.Guard.Length == 0 ? "" : $"; {endpoint.Guard}")}");
    }

    private static Opening Stopped(Resource resource, string why) => new("endpoint", true, $"{resource.Name} has a public endpoint", ExposureStop.ServiceSetting, why);

    // The firewall of an instance of Lightsail is in its own answer.
    private static IEnumerable<Opening> Ports(Resource instance)
    {
        var json = instance.Configuration;
        var ports = json.Member("networking")?.Items("ports").Where(port => port.Text("accessDirection") != "outbound").ToList() ?? [];
        var block = json.Text("publicIpAddress") is null ? (Kind: ExposureStop.PublicAddress, Why: "it has no public address")
            : json.Member("state")?.Text("name") is { } state && state != "running" ? (ExposureStop.Listener, $"it is {state}")
            : ((ExposureStop Kind, string Why)?)null;
        foreach (var port in ports)
        {
            var cidrs = port.Items("cidrs").Concat(port.Items("ipv6Cidrs")).Select(cidr => cidr.ToString()).ToList();
            var isOpen = port.Text("accessType") is "Public" or "public" || IsInternet(cidrs);
            var (first, last) = (Number(port, "fromPort"), Number(port, "toPort"));
            yield return new Opening(
                $"{port.Text("protocol") ?? "tcp"} {(first == last ? $"{first}" : $"{first}-{last}")}",
                isOpen,
                isOpen ? "its firewall admits everyone" : $"its firewall admits {string.Join(", ", cidrs)}",
                isOpen ? block?.Kind : null,
                block?.Why ?? "");
        }
    }

    private static bool IsInternet(IEnumerable<string> cidrs)
    {
        var (ipv4, ipv6) = (new AddressSet(), new AddressSet());
        foreach (var cidr in cidrs)
        {
            if (AddressRange.TryParse(cidr, AddressFamily.Ipv4, out var range))
            {
                ipv4.Add(range);
            }
            else if (AddressRange.TryParse(cidr, AddressFamily.Ipv6, out var wide))
            {
                ipv6.Add(wide);
            }
        }

        return ipv4.IsInternet(AddressFamily.Ipv4) || ipv6.IsInternet(AddressFamily.Ipv6);
    }

    private static string Number(JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value.ToString(CultureInfo.InvariantCulture) : "";

    private static string? TextAt(Resource resource, JsonPath path) => path.Find(resource.Configuration) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;

    private static JsonPath Path(string text) => JsonPath.Parse(text);
}
