using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Text;

namespace CloudPosture.Content.Cases;

/// <summary>Where a case is set up, which fills the holes of its texts: <c>{account} {region} {partition} {organization} {n} {id} {uuid} {vpc} {subnet} {subnet2} {group} {daysAgo:N} {daysAhead:N}</c>.</summary>
/// <param name="AccountId">The account, 12 digits.</param>
/// <param name="Region">The Region.</param>
/// <param name="OrganizationId">The organization (<c>o-…</c>).</param>
/// <param name="Number">What tells this case's resources from others'.</param>
/// <param name="Now">What ages are counted from.</param>
internal sealed record CasePlace(string AccountId, string Region, string OrganizationId, string Number, DateTimeOffset Now)
{
    private static readonly Regex Hole = new(@"\{(account|region|partition|organization|n|id|uuid|vpc|subnet|subnet2|group|daysAgo:[0-9.]+|daysAhead:[0-9.]+)\}", RegexOptions.CultureInvariant);

    private string? _hash;

    /// <summary>The network that resources stand in; null for one of the case's own.</summary>
    public CaseNetwork? Network { get; init; }

    /// <summary>A copy with all holes filled, in keys too.</summary>
    public JsonNode? Fill(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => new System.Collections.Generic.KeyValuePair<string, JsonNode?>(Fill(member.Key), Fill(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Fill)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Fill(text)),
        _ => node?.DeepClone(),
    };

    /// <summary>The text with all holes filled.</summary>
    public string Fill(string text) => text.IndexOf('{') < 0 ? text : Hole.Replace(text, match => ValueOf(match.Groups[1].Value));

    private string ValueOf(string name) => name switch
    {
        "account" => AccountId,
        "region" => Region,
        "partition" => "aws",
        "organization" => OrganizationId,
        "n" => Number,
        "id" => Hash.Substring(0, 17),
        "uuid" => $"{Hash.Substring(0, 8)}-{Hash.Substring(8, 4)}-4{Hash.Substring(12, 3)}-a{Hash.Substring(15, 3)}-{Hash.Substring(18, 12)}",
        "vpc" => Network?.Vpc ?? "vpc-" + ValueOf("id"),
        "subnet" => Network?.Subnet ?? "subnet-" + ValueOf("id"),
        "subnet2" => Network?.OtherSubnet ?? "subnet-0bbbbbbbbbbbbbbbb",
        "group" => Network?.Group ?? "sg-" + ValueOf("id"),
        _ => Time(name),
    };

    private string Hash => _hash ??= Sha256.Hex(AccountId + "/" + Region + "/" + Number);

    private string Time(string name)
    {
        var parts = name.Split(':');
        var days = double.Parse(parts[1], CultureInfo.InvariantCulture);
        return Now.AddDays(parts[0] == "daysAgo" ? -days : days).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }
}
