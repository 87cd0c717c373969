using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Amazon.Runtime.CredentialManagement;
using CloudPosture.Aws.Endpoints;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// The AWS files of profiles: the user's own, or those at another place. AWSSDK.Core reads each file; which ones there are is decided
/// here, because it remembers AWS_CONFIG_FILE as it was when it was loaded.
/// </summary>
internal sealed class ProfileFiles
{
    private static readonly PropertyInfo[] Options =
        [.. typeof(CredentialProfileOptions).GetProperties().Where(option => option.PropertyType == typeof(string) && option.CanRead && option.CanWrite)];

    private readonly IReadOnlyList<string> _paths;
    private readonly IReadOnlyList<ICredentialProfileStore> _stores;

    /// <param name="location">The credentials or config file, or their folder; null is the user's own.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public ProfileFiles(string? location, Func<string, string?> environment)
    {
        _paths = location is null ? Own(environment) : Elsewhere(location);
        List<ICredentialProfileStore> stores = [.. _paths.Select(path => new SharedCredentialsFile(path))];
        if (location is null && Path.DirectorySeparatorChar == '\\')
        {
            // Where Set-AWSCredential keeps profiles on Windows.
            stores.Insert(0, new NetSDKCredentialsFile());
        }

        _stores = stores;
    }

    public IReadOnlyList<CredentialProfile> Profiles =>
        Read(() => _stores.SelectMany(store => store.ListProfiles()).GroupBy(profile => profile.Name, StringComparer.Ordinal).Select(same => Join([.. same])).ToList());

    /// <summary>Finds a profile that must be there.</summary>
    public CredentialProfile Get(string name) => Find(name) ?? throw new CredentialException(Missing(name));

    public CredentialProfile? Find(string name) => Read(() =>
    {
        List<CredentialProfile> parts = [.. _stores.Select(store => store.TryGetProfile(name, out var profile) ? profile : null).OfType<CredentialProfile>()];
        return parts.Count == 0 ? null : Join(parts);
    });

    /// <summary>How long the session of a profile's role may last (<c>duration_seconds</c>), which AWSSDK.Core does not read; null where the profile does not say.</summary>
    /// <param name="name">The profile.</param>
    /// <exception cref="CredentialException">It is not 900 to 43,200.</exception>
    public int? DurationOf(string name)
    {
        var text = Setting(Lines(), name, "duration_seconds");
        return text is null ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= RoleRequest.ShortestSession and <= RoleRequest.LongestSession ? seconds
            : throw new CredentialException($"The duration_seconds of profile '{name}' must be {RoleRequest.ShortestSession} to {RoleRequest.LongestSession:N0}. Correct it in {string.Join(" or ", _paths)}.");
    }

    /// <summary>What a profile says of endpoints.</summary>
    /// <param name="name">The profile; one that is not there says nothing.</param>
    /// <exception cref="AwsConfigurationException">An endpoint is none.</exception>
    public EndpointSettings EndpointsOf(string name)
    {
        var lines = Lines();
        var services = Setting(lines, name, "services");
        return new EndpointSettings
        {
            Url = Setting(lines, name, "endpoint_url") is { Length: > 0 } url ? EndpointUrl.Accept(url, $"The endpoint_url of profile '{name}'") : null,
            ServiceUrls = lines.Where(line => services is not null && line.IsIn("services", services) && line.Parent is not null && line.Name.Equals("endpoint_url", StringComparison.OrdinalIgnoreCase))
                .GroupBy(line => line.Parent!.Replace('_', ' '), StringComparer.OrdinalIgnoreCase)
                .ToDictionary(service => service.Key, service => EndpointUrl.Accept(service.First().Value, $"The endpoint_url of {service.Key} in services '{services}'"), StringComparer.OrdinalIgnoreCase),
            UseFips = Flag(lines, name, "use_fips_endpoint"),
            UseDualStack = Flag(lines, name, "use_dualstack_endpoint"),
            IgnoresConfiguredUrls = Flag(lines, name, "ignore_configured_endpoint_urls"),
        };
    }

    /// <summary>One profile out of its parts: what an earlier file says counts, what it leaves open comes from the next.</summary>
    private static CredentialProfile Join(IReadOnlyList<CredentialProfile> parts)
    {
        var whole = parts[0];
        foreach (var part in parts.Skip(1))
        {
            foreach (var option in Options)
            {
                if (string.IsNullOrEmpty((string?)option.GetValue(whole.Options)))
                {
                    option.SetValue(whole.Options, option.GetValue(part.Options));
                }
            }

            whole.Region ??= part.Region;
        }

        return whole;
    }

    private List<ConfigLine> Lines() => Read(() => _paths.Where(File.Exists).SelectMany(path => ConfigLine.Read(File.ReadLines(path))).ToList());

    private static string? Setting(IEnumerable<ConfigLine> lines, string profile, string name) => lines.FirstOrDefault(line => line.Is(profile, name))?.Value;

    private static bool Flag(IEnumerable<ConfigLine> lines, string profile, string name) => string.Equals(Setting(lines, profile, name), "true", StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> Own(Func<string, string?> environment)
    {
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws");
        return
        [
            environment("AWS_SHARED_CREDENTIALS_FILE") is { Length: > 0 } credentials ? credentials : Path.Combine(folder, "credentials"),
            environment("AWS_CONFIG_FILE") is { Length: > 0 } config ? config : Path.Combine(folder, "config"),
        ];
    }

    private static IReadOnlyList<string> Elsewhere(string location)
    {
        var path = Path.GetFullPath(Directory.Exists(location) ? Path.Combine(location, "credentials") : location);
        var paths = new[] { path, Path.Combine(Path.GetDirectoryName(path)!, "config") }.Distinct(StringComparer.Ordinal).Where(File.Exists).ToList();
        return paths.Count > 0 ? paths : throw new CredentialException($"There is no AWS credentials file at {location}. Correct -ProfileLocation.");
    }

    private string Missing(string name)
    {
        var names = Profiles.Select(profile => profile.Name).ToList();
        var there = names.Count == 0 ? "There are no profiles there." : $"The profiles there are: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? $" and {names.Count - 20} more" : "")}.";
        return $"There is no profile '{name}' in {string.Join(" or ", _paths)}. {there}";
    }

    // The SDK's errors on these files may quote their lines, and with them secrets.
    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is not (CredentialException or AwsConfigurationException))
        {
            throw new CredentialException($"The AWS profiles in {string.Join(" or ", _paths)} cannot be read ({problem.GetType().Name}). Correct the files.");
        }
    }
}
