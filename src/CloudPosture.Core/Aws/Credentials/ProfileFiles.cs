using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Amazon.Runtime.CredentialManagement;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// The AWS files of profiles: the user's own, or those at another place. AWSSDK.Core reads each file; which ones there are is decided
/// here, because it remembers AWS_CONFIG_FILE as it was when it was loaded.
/// </summary>
internal sealed class ProfileFiles
{
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
        Read(() => _stores.SelectMany(store => store.ListProfiles()).GroupBy(profile => profile.Name, StringComparer.Ordinal).Select(same => same.First()).ToList());

    /// <summary>Finds a profile that must be there.</summary>
    public CredentialProfile Get(string name) => Find(name) ?? throw new CredentialException(Missing(name));

    public CredentialProfile? Find(string name) => Read(() =>
    {
        foreach (var store in _stores)
        {
            if (store.TryGetProfile(name, out var profile))
            {
                return profile;
            }
        }

        return null;
    });

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
        catch (Exception problem) when (problem is not CredentialException)
        {
            throw new CredentialException($"The AWS profiles in {string.Join(" or ", _paths)} cannot be read ({problem.GetType().Name}). Correct the files.");
        }
    }
}
