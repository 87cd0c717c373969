using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>Reads the rules of a security group or a network ACL, in the order in which AWS applies them.</summary>
internal static class IngressRules
{
    public const int Tcp = 6;
    public const int Udp = 17;
    private const int Icmp = 1;
    private const int Icmpv6 = 58;
    private const int AllProtocols = -1;

    /// <summary>The rules; null where the configuration is neither a security group nor a network ACL.</summary>
    public static IReadOnlyList<IngressRule>? Read(JsonElement configuration)
    {
        if (configuration.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return configuration.TryGetProperty("Entries", out var entries) ? NetworkAcl(entries, isEgress: false)
            : configuration.TryGetProperty("IpPermissions", out var permissions) ? [.. Items(permissions).Select(SecurityGroupRule)]
            : configuration.TryGetProperty("GroupId", out _) ? []
            : null;
    }

    /// <summary>The outbound rules of a network ACL.</summary>
    public static IReadOnlyList<IngressRule> ReadOutbound(JsonElement configuration) =>
        configuration.TryGetProperty("Entries", out var entries) ? NetworkAcl(entries, isEgress: true) : [];

    /// <summary>A protocol's number; null where it is unknown.</summary>
    public static int? ProtocolOf(string? text) => text?.ToLowerInvariant() switch
    {
        "all" => AllProtocols,
        "tcp" => Tcp,
        "udp" => Udp,
        "icmp" => Icmp,
        "icmpv6" => Icmpv6,
        _ => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private static IngressRule SecurityGroupRule(JsonElement permission) => new(
        true,
        Protocol(permission, "IpProtocol"),
        Ports(permission, "FromPort", "ToPort"),
        (string[])[.. Cidrs(permission, "IpRanges", "CidrIp"), .. Cidrs(permission, "Ipv6Ranges", "CidrIpv6")],
        Cidrs(permission, "PrefixListIds", "PrefixListId").ToArray())
    {
        GroupIds = Cidrs(permission, "UserIdGroupPairs", "GroupId").ToArray(),
    };

    private static IReadOnlyList<IngressRule> NetworkAcl(JsonElement entries, bool isEgress) => [.. Items(entries)
        .Where(entry => (entry.TryGetProperty("Egress", out var egress) && egress.ValueKind == JsonValueKind.True) == isEgress)
        .OrderBy(entry => Number(entry, "RuleNumber") ?? int.MaxValue)
        .Select(entry => new IngressRule(
            string.Equals(Text(entry, "RuleAction"), "allow", StringComparison.OrdinalIgnoreCase),
            Protocol(entry, "Protocol"),
            entry.TryGetProperty("PortRange", out var ports) && ports.ValueKind == JsonValueKind.Object ? Ports(ports, "From", "To") : PortRange.All,
            [.. new[] { Text(entry, "CidrBlock"), Text(entry, "Ipv6CidrBlock") }.OfType<string>()],
            []))];

    // What names no protocol we know is taken for all of them: better one look too many.
    private static int Protocol(JsonElement json, string name) => ProtocolOf(Text(json, name)) ?? AllProtocols;

    private static PortRange Ports(JsonElement json, string from, string to) => (Number(json, from), Number(json, to)) switch
    {
        (null or -1, _) => PortRange.All,
        ({ } first, null or -1) => new PortRange(first, PortRange.All.Last),
        ({ } first, { } last) => new PortRange(first, last),
    };

    private static IEnumerable<string> Cidrs(JsonElement permission, string list, string member) =>
        permission.TryGetProperty(list, out var ranges) ? Items(ranges).Select(range => Text(range, member)).OfType<string>() : [];

    private static IEnumerable<JsonElement> Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [];

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
