using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Amazon.Runtime.CredentialManagement;

namespace CloudPosture.Aws.Credentials;

/// <summary>The AWS files of profiles: the user's own, or those at another place.</summary>
internal sealed class ProfileFiles
{
    private readonly string? _location;

    /// <param name="location">The credentials or config file, or their folder; null is the user's own.</param>
    public ProfileFiles(string? location)
    {
        _location = location is not null && Directory.Exists(location) ? Path.Combine(location, "credentials") : location;
        if (_location is not null && !File.Exists(_location) && !File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_location))!, "config")))
        {
            throw new CredentialException($"There is no AWS credentials file at {location}. Correct -ProfileLocation.");
        }

        Store = new CredentialProfileStoreChain(_location);
    }

    public CredentialProfileStoreChain Store { get; }

    public IReadOnlyList<CredentialProfile> Profiles => Read(() => Store.ListProfiles());

    /// <summary>Finds a profile that must be there.</summary>
    public CredentialProfile Get(string name)
    {
        CredentialProfile? profile = null;
        return Read(() => Store.TryGetProfile(name, out profile)) ? profile! : throw new CredentialException(Missing(name));
    }

    public CredentialProfile? Find(string name)
    {
        CredentialProfile? profile = null;
        return Read(() => Store.TryGetProfile(name, out profile)) ? profile : null;
    }

    private string Missing(string name)
    {
        var names = Profiles.Select(profile => profile.Name).Distinct(StringComparer.Ordinal).ToList();
        var there = names.Count == 0 ? "There are no profiles there." : $"The profiles there are: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? $" and {names.Count - 20} more" : "")}.";
        return $"There is no profile '{name}' in {string.Join(" or ", Files())}. {there}";
    }

    private IEnumerable<string> Files()
    {
        var files = new SharedCredentialsFile(_location);
        return new[] { files.FilePath, files.ConfigFilePath }.Where(path => !string.IsNullOrEmpty(path)).Distinct(StringComparer.Ordinal);
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
            throw new CredentialException($"The AWS profiles in {_location ?? "the user's AWS files"} cannot be read: {problem.GetType().Name}. Correct the file.");
        }
    }
}
