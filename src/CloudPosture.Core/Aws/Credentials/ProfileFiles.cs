using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Amazon.Runtime.CredentialManagement;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Errors;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// The AWS files of profiles: the user's own, or those at another place and no others. AWSSDK.Core would join a file it is given with the one
/// that AWS_CONFIG_FILE named when it was loaded, and quote a line that it cannot read, with the secret in it; so they are read here.
/// </summary>
internal sealed class ProfileFiles
{
    private readonly ConfigFile _credentials;
    private readonly ConfigFile _config;
    private readonly NetSDKCredentialsFile? _encrypted;

    /// <param name="location">The credentials or config file, or their folder; null is the user's own.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="CredentialException">There is no file at that location, or one cannot be read.</exception>
    public ProfileFiles(string? location, Func<string, string?> environment)
    {
        (_credentials, _config) = location is null ? Own(environment) : Elsewhere(FullPath(location));

        // Where Set-AWSCredential keeps profiles on Windows.
        _encrypted = location is null && Path.DirectorySeparatorChar == '\\' ? new NetSDKCredentialsFile() : null;
    }

    /// <summary>The names of all profiles.</summary>
    public IReadOnlyList<string> Names =>
        [.. (_encrypted?.ListProfileNames() ?? []).Concat(_credentials.Profiles).Concat(_config.Profiles).Distinct(StringComparer.Ordinal)];

    /// <summary>Finds a profile that must be there.</summary>
    /// <exception cref="CredentialException">It is not there, or a line of it is no setting.</exception>
    public AwsProfile Get(string name) => Find(name) ?? throw new CredentialException(Missing(name));

    /// <exception cref="CredentialException">A line of it is no setting.</exception>
    public AwsProfile? Find(string name)
    {
        if (_encrypted is not null && _encrypted.TryGetProfile(name, out var encrypted))
        {
            return AwsProfile.Of(encrypted);
        }

        var own = Section(_credentials, name);
        var general = Section(_config, name);
        if (own is null && general is null)
        {
            return null;
        }

        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var ownHasKeys = own?["aws_access_key_id"] is { Length: > 0 };
        foreach (var setting in (own?.Settings ?? []).Concat((general?.Settings ?? []).Where(setting => !(ownHasKeys && IsKey(setting.Name)))))
        {
            if (setting.Parent is null && setting.Value.Length > 0 && !settings.ContainsKey(setting.Name))
            {
                settings.Add(setting.Name, setting.Value);
            }
        }

        if (settings.TryGetValue("aws_security_token", out var token) && !settings.ContainsKey("aws_session_token"))
        {
            settings.Add("aws_session_token", token);
        }

        AddSignIn(name, settings);
        return new AwsProfile { Name = name, Settings = settings, ProcessGoesFirst = !ownHasKeys };
    }

    /// <summary>How long the session of a profile's role may last (<c>duration_seconds</c>); null where the profile does not say.</summary>
    /// <exception cref="CredentialException">It is not 900 to 43,200.</exception>
    public int? DurationOf(AwsProfile profile) =>
        profile["duration_seconds"] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= RoleRequest.ShortestSession and <= RoleRequest.LongestSession ? seconds
        : throw new CredentialException($"The duration_seconds of profile '{profile.Name}' must be {RoleRequest.ShortestSession} to {RoleRequest.LongestSession:N0}. Correct it in {Places}.");

    /// <summary>What a profile says of endpoints.</summary>
    /// <param name="name">The profile; one that is not there says nothing.</param>
    /// <exception cref="AwsConfigurationException">An endpoint is none.</exception>
    /// <exception cref="CredentialException">A line of it is no setting.</exception>
    public EndpointSettings? EndpointsOf(string name) => Find(name) is not { } profile ? null : new EndpointSettings
    {
        Url = profile["endpoint_url"] is { } url ? EndpointUrl.Accept(url, $"The endpoint_url of profile '{name}'") : null,
        ServiceUrls = ServiceUrls(profile["services"]),
        UseFips = IsTrue(profile["use_fips_endpoint"]),
        UseDualStack = IsTrue(profile["use_dualstack_endpoint"]),
        IgnoresConfiguredUrls = IsTrue(profile["ignore_configured_endpoint_urls"]),
    };

    private string Places => $"{_credentials.Path} or {_config.Path}";

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    // The keys of one file with the token of the other would be nobody's.
    private static bool IsKey(string name) =>
        new[] { "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token" }.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static ConfigSection? Section(ConfigFile file, string name) =>
        file.Profile(name) is not { } section ? null
        : section.BadLine == 0 ? section
        : throw new CredentialException($"Line {section.BadLine} of {file.Path} is no setting of the form name = value. Correct it; it belongs to profile '{name}'.");

    /// <summary>What the profiles of one sign-in share. Where a profile says otherwise nobody can tell which of the two is meant, and the token of one would go to the other.</summary>
    private void AddSignIn(string name, Dictionary<string, string> settings)
    {
        if (!settings.TryGetValue("sso_session", out var session) || !(settings.ContainsKey("sso_account_id") || settings.ContainsKey("sso_role_name")))
        {
            return;
        }

        var shared = _config.Section("sso-session", session)
            ?? throw new CredentialException($"The sso_session of profile '{name}' is '{session}', and there is no [sso-session {session}] in {_config.Path}. Add it with 'aws configure sso-session', or correct the name.");
        foreach (var setting in shared.Settings.Where(setting => setting.Name.StartsWith("sso_", StringComparison.OrdinalIgnoreCase)))
        {
            if (settings.TryGetValue(setting.Name, out var own) && own != setting.Value)
            {
                throw new CredentialException($"The {setting.Name} of profile '{name}' is not that of its [sso-session {session}]. Remove one of the two from {_config.Path}.");
            }

            settings[setting.Name] = setting.Value;
        }
    }

    private IReadOnlyDictionary<string, Uri> ServiceUrls(string? name) =>
        (name is null ? null : _config.Section("services", name))?.Settings
            .Where(setting => setting.Parent is not null && setting.Name.Equals("endpoint_url", StringComparison.OrdinalIgnoreCase))
            .GroupBy(setting => setting.Parent!.Replace('_', ' '), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(service => service.Key, service => EndpointUrl.Accept(service.First().Value, $"The endpoint_url of {service.Key} in services '{name}'"), StringComparer.OrdinalIgnoreCase)
        ?? [];

    private static (ConfigFile Credentials, ConfigFile Config) Own(Func<string, string?> environment)
    {
        var folder = Path.Combine(Home, ".aws");
        return (
            ConfigFile.Read(environment("AWS_SHARED_CREDENTIALS_FILE") is { Length: > 0 } credentials ? FullPath(credentials) : Path.Combine(folder, "credentials"), isConfig: false),
            ConfigFile.Read(environment("AWS_CONFIG_FILE") is { Length: > 0 } config ? FullPath(config) : Path.Combine(folder, "config"), isConfig: true));
    }

    /// <summary>The file named and its neighbour, whichever of the two was named.</summary>
    private static (ConfigFile Credentials, ConfigFile Config) Elsewhere(string path)
    {
        if (Directory.Exists(path))
        {
            path = new[] { "credentials", "config" }.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists) ?? path;
        }

        if (!File.Exists(path))
        {
            throw new CredentialException($"There is no AWS credentials file at {path}.", advice: new Advice("Correct the place of the profiles' file.", "ProfileLocation"));
        }

        var named = ConfigFile.Read(path, Path.GetFileName(path) == "config" ? true : null);
        var neighbour = ConfigFile.Read(Path.Combine(Path.GetDirectoryName(path)!, named.IsConfig ? "credentials" : "config"), !named.IsConfig);
        return named.IsConfig ? (neighbour, named) : (named, neighbour);
    }

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    // Shells leave a ~ in a variable's value as it is.
    private static string FullPath(string path) =>
        Path.GetFullPath(path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal) ? Home + path.Substring(1) : path);

    private string Missing(string name)
    {
        var names = Names;
        var there = names.Count == 0 ? "There are no profiles there." : $"The profiles there are: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? $" and {names.Count - 20} more" : "")}.";
        return $"There is no profile '{name}' in {Places}. {there}";
    }
}
