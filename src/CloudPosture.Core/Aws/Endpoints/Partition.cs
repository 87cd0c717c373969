using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace CloudPosture.Aws.Endpoints;

/// <summary>One of AWS's sets of Regions that know nothing of each other's accounts, such as aws and aws-cn.</summary>
public sealed record Partition
{
    private static readonly Lazy<IReadOnlyList<Partition>> Loaded = new(Load);

    /// <summary>All partitions, aws first.</summary>
    public static IReadOnlyList<Partition> All => Loaded.Value;

    /// <summary>The name that ARNs carry (<c>aws-cn</c>).</summary>
    public string Name { get; init; } = "";

    /// <summary>The suffix of host names (<c>amazonaws.com</c>).</summary>
    public string Dns { get; init; } = "";

    /// <summary>The suffix of the names of hosts that answer on IPv4 and IPv6.</summary>
    public string DualStack { get; init; } = "";

    /// <summary>The Region that answers for the whole partition (<c>us-east-1</c>).</summary>
    public string HomeRegion { get; init; } = "";

    /// <summary>A regular expression that the partition's Regions match, those to come included.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>The Regions that every account has.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The Regions that an account must enable first.</summary>
    public IReadOnlyList<string> OptInRegions { get; init; } = [];

    /// <summary>Services with one endpoint for the whole partition, by endpoint prefix.</summary>
    public IReadOnlyDictionary<string, GlobalService> GlobalServices { get; init; } = new Dictionary<string, GlobalService>();

    /// <summary>Endpoint prefixes of services whose plain host is a FIPS endpoint.</summary>
    public IReadOnlyList<string> PlainIsFips { get; init; } = [];

    /// <summary>Endpoint prefixes of services whose plain dual-stack host is a FIPS endpoint.</summary>
    public IReadOnlyList<string> PlainIsFipsDualStack { get; init; } = [];

    /// <summary>True where there are no FIPS endpoints.</summary>
    public bool NoFips { get; init; }

    /// <summary>The partition a Region belongs to.</summary>
    /// <param name="region">The Region's name; one that is newer than this product is known by its form.</param>
    /// <returns>The partition.</returns>
    /// <exception cref="AwsConfigurationException">That is no name of a Region.</exception>
    public static Partition Of(string region) =>
        Find(region) ?? throw new AwsConfigurationException(
            $"'{region}' is not the name of an AWS Region. Regions are named like 'eu-central-1', 'us-gov-west-1' or 'cn-north-1'.");

    /// <summary>The partition a Region belongs to, or null if that is no name of a Region.</summary>
    /// <param name="region">The Region's name.</param>
    /// <returns>The partition or null.</returns>
    public static Partition? Find(string region)
    {
        foreach (var partition in All)
        {
            if (partition.Knows(region))
            {
                return partition;
            }
        }

        // A form that no known Region has yet is decided by pattern.
        return All.FirstOrDefault(partition => Regex.IsMatch(region, partition.Pattern, RegexOptions.CultureInvariant));
    }

    /// <summary>The partition of a name; null where there is none.</summary>
    /// <param name="name">The name (<c>aws-cn</c>).</param>
    public static Partition? Named(string name) => All.FirstOrDefault(partition => partition.Name == name);

    /// <summary>The Region that answers for a whole partition; one that is not known is taken for <c>aws</c>.</summary>
    /// <param name="name">The partition's name.</param>
    public static string HomeRegionOf(string name) => (Named(name) ?? All[0]).HomeRegion;

    private bool Knows(string region) => Regions.Contains(region) || OptInRegions.Contains(region);

    private static IReadOnlyList<Partition> Load()
    {
        using var stream = typeof(Partition).Assembly.GetManifestResourceStream("partitions.yaml")!;
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder()
            .WithNamingConvention(CamelCaseNamingConvention.Instance)
            .WithTypeMapping<IReadOnlyList<string>, List<string>>()
            .WithTypeMapping<IReadOnlyDictionary<string, GlobalService>, Dictionary<string, GlobalService>>()
            .Build()
            .Deserialize<List<Partition>>(reader);
    }
}
