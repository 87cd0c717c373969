using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Aws.Transport;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// Finds credentials as AWS Tools users expect, by AWSSDK.Core's files and providers. Roles are entered through our own client, so that
/// STS is asked at the endpoint and in the partition the user chose, and its refusals stay as they were.
/// </summary>
public sealed class CredentialResolver
{
    private readonly AwsClient _client;
    private readonly Func<string, string?> _environment;

    /// <summary>Makes a resolver.</summary>
    /// <param name="client">What asks STS; its life must be longer than that of the credentials.</param>
    /// <param name="environment">Reads an environment variable; null is the process's environment.</param>
    public CredentialResolver(AwsClient client, Func<string, string?>? environment = null)
    {
        _client = client;
        _environment = environment ?? Environment.GetEnvironmentVariable;
    }

    /// <summary>Where STS is asked, if the profile and the environment shall not decide; a role in another partition is asked for in that one's home Region.</summary>
    public string? Region { get; init; }

    /// <summary>Gets the code of an MFA device, whose serial number it is given; null where nobody can be asked.</summary>
    public Func<string, CancellationToken, Task<string>>? MfaCode { get; init; }

    /// <summary>The sessions of MFA devices, shared by all that is resolved in one run.</summary>
    public MfaSessions Mfa { get; init; } = new();

    /// <summary>Finds credentials and makes sure that they can be had.</summary>
    /// <param name="reference">Where they are; not of kind <see cref="CredentialKind.Connection"/>.</param>
    /// <param name="keys">The keys, for kind <see cref="CredentialKind.Session"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CredentialException">They cannot be had; the message says where they were looked for and what to do.</exception>
    /// <exception cref="AwsServiceException">STS refused a role on the way.</exception>
    public async Task<ResolvedCredentials> ResolveAsync(CredentialReference reference, SessionKeys? keys, CancellationToken cancellationToken)
    {
        var found = await FindAsync(reference, keys, cancellationToken).ConfigureAwait(false);
        await FetchAsync(found).ConfigureAwait(false);
        return found;
    }

    /// <summary>Finds credentials, and enters none of their roles yet.</summary>
    /// <inheritdoc cref="ResolveAsync" path="/param"/>
    internal async Task<ResolvedCredentials> FindAsync(CredentialReference reference, SessionKeys? keys, CancellationToken cancellationToken)
    {
        var found = reference.Kind switch
        {
            CredentialKind.Session => OfKeys(keys ?? throw new CredentialException("The keys were given in another session, and are kept nowhere. Give them again (-AccessKey, -SecretKey), or use a profile.")),
            CredentialKind.Profile => await OfProfileAsync(reference.ProfileName!, new ProfileFiles(reference.ProfileLocation, _environment), cancellationToken).ConfigureAwait(false),
            CredentialKind.Environment => OfEnvironment(reference),
            CredentialKind.Container => OfContainer(),
            CredentialKind.Instance => await OfInstanceAsync(cancellationToken).ConfigureAwait(false),
            CredentialKind.Default => await OfChainAsync(cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentException("A connection's credentials come from ConnectionResolver.", nameof(reference)),
        };
        return found.Endpoints is null ? found with { Endpoints = ActiveEndpoints() } : found;
    }

    /// <summary>Enters a role; nothing is asked until the credentials are.</summary>
    /// <param name="from">Who enters it.</param>
    /// <param name="request">The role, and how.</param>
    /// <returns>The role's session; it renews itself unless an MFA code is needed each time.</returns>
    public ResolvedCredentials Enter(ResolvedCredentials from, RoleRequest request)
    {
        var region = StsRegion(from.Region, request.Role.Partition);
        return new ResolvedCredentials
        {
            Credentials = new RoleCredentials(async cancellationToken =>
            {
                var input = new Dictionary<string, object?>
                {
                    ["RoleArn"] = request.Role.ToString(),
                    ["RoleSessionName"] = request.SessionName,
                    ["DurationSeconds"] = from.IsRoleSession ? Math.Min(request.Duration, RoleRequest.LongestChainedSession) : request.Duration,
                };
                if (request.ExternalId is not null)
                {
                    input["ExternalId"] = request.ExternalId;
                }

                // What is wrong with them shows as an error of their own, not of the role.
                await FetchAsync(from).ConfigureAwait(false);
                var target = new AwsTarget { Credentials = from.Credentials, Region = region, AccountId = from.AccountId, Endpoints = from.Endpoints };
                if (request.MfaSerial is not { } device)
                {
                    return await _client.AskAsync("sts", "AssumeRole", input, target, cancellationToken).ConfigureAwait(false);
                }

                var caller = await from.Credentials.GetCredentialsAsync().ConfigureAwait(false);
                return await Mfa.EnterAsync(
                    caller.AccessKey,
                    request,
                    token => AskCodeAsync(device, token),
                    (code, token) =>
                    {
                        input["SerialNumber"] = device;
                        input["TokenCode"] = code;
                        return _client.AskAsync("sts", "AssumeRole", input, target, token);
                    },
                    cancellationToken).ConfigureAwait(false);
            }),
            Roles = [.. from.Roles, new EnteredRole(request, from)],
            Source = $"{from.Source} → role {request.Role}",
            Renews = from.Renews && request.MfaSerial is null,
            Region = from.Region,
            Endpoints = from.Endpoints,
            IsRoleSession = true,
            AccountId = request.Role.AccountId,
        };
    }

    /// <summary>Asks for credentials now, so that what is wrong shows here and as one clear error.</summary>
    internal static async Task FetchAsync(ResolvedCredentials found)
    {
        try
        {
            await found.Credentials.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not (CredentialException or AwsServiceException or AwsConfigurationException or OperationCanceledException))
        {
            throw Unusable(found, problem);
        }
    }

    private static CredentialException Unusable(ResolvedCredentials found, Exception problem) => found.Credentials switch
    {
        SSOAWSCredentials => new CredentialException($"The sign-in of {found.Source} has ended or was never made. Run 'aws sso login' for that profile and try again.", NetworkFailure.Harmless(problem)),
        InstanceProfileAWSCredentials => new CredentialException("The instance's role gave no credentials. Is this an EC2 instance with an instance profile, and its metadata service (version 2) enabled?", NetworkFailure.Harmless(problem)),
        GenericContainerCredentials => new CredentialException("The container's credentials endpoint gave no credentials. Check the task's role, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI, and the authorization token.", NetworkFailure.Harmless(problem)),
        _ => new CredentialException($"The credentials of {found.Source} cannot be used: {problem.GetType().Name}. Check them with 'aws sts get-caller-identity'."),
    };

    /// <summary>Credentials from elsewhere go where the profile in force says, as with AWS's own tools; files that cannot be read are no reason to refuse them.</summary>
    private EndpointSettings? ActiveEndpoints()
    {
        try
        {
            return new ProfileFiles(null, _environment).EndpointsOf(ActiveProfile ?? "default");
        }
        catch (CredentialException)
        {
            return null;
        }
    }

    private ResolvedCredentials OfKeys(SessionKeys keys) => Fixed(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken, keys.Origin);

    private ResolvedCredentials Fixed(string id, string secret, string? token, string source, string? region = null, DateTimeOffset? end = null) => new()
    {
        Credentials = token is null ? new BasicAWSCredentials(id, secret) : new SessionAWSCredentials(id, secret, token),
        Source = source,
        Renews = token is null,
        Region = region ?? EnvironmentRegion,
        FixedEnd = end,
    };

    // Environment keys; literal profile; web identity; default profile; container; instance.
    private async Task<ResolvedCredentials> OfChainAsync(CancellationToken cancellationToken)
    {
        if (Variable("AWS_ACCESS_KEY_ID") is not null)
        {
            return OfEnvironment(new CredentialReference { Kind = CredentialKind.Environment });
        }

        if (ActiveProfile is { } name)
        {
            return await OfProfileAsync(name, new ProfileFiles(null, _environment), cancellationToken).ConfigureAwait(false);
        }

        if (Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } token)
        {
            return OfWebIdentity(Demand("AWS_ROLE_ARN"), token, Variable("AWS_ROLE_SESSION_NAME"), "web identity of the environment", null, ActiveEndpoints());
        }

        var files = new ProfileFiles(null, _environment);
        if (files.Find("default") is { } profile && (profile.IsPlain || profile.RoleArn is not null))
        {
            return await OfProfileAsync("default", files, cancellationToken).ConfigureAwait(false);
        }

        if (HasContainer)
        {
            return OfContainer();
        }

        try
        {
            return await OfInstanceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CredentialException problem)
        {
            throw new CredentialException(
                "No credentials were found: not in AWS_ACCESS_KEY_ID, AWS_PROFILE, AWS_WEB_IDENTITY_TOKEN_FILE, the default profile, a container or an instance. Name a profile with -ProfileName, or give keys.",
                problem);
        }
    }

    private ResolvedCredentials OfEnvironment(CredentialReference reference)
    {
        var own = reference.AccessKeyVariable is not null;
        var id = reference.AccessKeyVariable ?? "AWS_ACCESS_KEY_ID";
        var secret = reference.SecretKeyVariable ?? "AWS_SECRET_ACCESS_KEY";
        var token = reference.SessionTokenVariable ?? (own ? null : Variable("AWS_SESSION_TOKEN") is null ? "AWS_SECURITY_TOKEN" : "AWS_SESSION_TOKEN");
        var end = !own && DateTimeOffset.TryParse(Variable("AWS_CREDENTIAL_EXPIRATION"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stated) ? stated : (DateTimeOffset?)null;
        return Fixed(Demand(id), Demand(secret), token is null ? null : Variable(token), $"environment variable {id}", null, end);
    }

    private Task<ResolvedCredentials> OfProfileAsync(string name, ProfileFiles files, CancellationToken cancellationToken) =>
        OfProfileAsync(name, new ProfileWalk(files, files.EndpointsOf(name)), cancellationToken);

    private async Task<ResolvedCredentials> OfProfileAsync(string name, ProfileWalk walk, CancellationToken cancellationToken)
    {
        var isSource = walk.Visited.Count > 0;
        var profile = walk.Files.Get(name);
        var source = $"profile '{name}'";
        if (profile.RoleArn is not { } roleArn || (isSource && profile.HasKeys))
        {
            return OfPlainProfile(profile, source) with { Endpoints = walk.Endpoints };
        }

        if (!walk.Visited.Add(name))
        {
            throw new CredentialException($"The profiles {string.Join(", ", walk.Visited)} take their credentials from each other in a circle. Correct source_profile.");
        }

        if (profile["web_identity_token_file"] is { } token)
        {
            return OfWebIdentity(roleArn, token, profile["role_session_name"], source, profile.Region, walk.Endpoints);
        }

        var origin = await BaseOfAsync(profile, walk, cancellationToken).ConfigureAwait(false);
        var request = new RoleRequest { Role = Role(roleArn, source), ExternalId = profile["external_id"], MfaSerial = profile["mfa_serial"], Duration = walk.Files.DurationOf(profile) ?? RoleRequest.LongestChainedSession };
        return Enter(
            origin with { Source = $"{source} ({origin.Source})", Region = profile.Region ?? origin.Region, Endpoints = walk.Endpoints },
            profile["role_session_name"] is { } session ? request with { SessionName = session } : request);
    }

    private async Task<ResolvedCredentials> BaseOfAsync(AwsProfile profile, ProfileWalk walk, CancellationToken cancellationToken)
    {
        var source = profile["credential_source"];
        return (profile.SourceProfile, source?.ToUpperInvariant()) switch
        {
            ({ } other, null) => await OfProfileAsync(other, walk, cancellationToken).ConfigureAwait(false),
            (null, "ENVIRONMENT") => OfEnvironment(new CredentialReference { Kind = CredentialKind.Environment }),
            (null, "EC2INSTANCEMETADATA") => await OfInstanceAsync(cancellationToken).ConfigureAwait(false),
            (null, "ECSCONTAINER") => OfContainer(),
            ({ }, { }) => throw new CredentialException($"The profile '{profile.Name}' has both source_profile and credential_source. Remove one."),
            _ => throw new CredentialException($"The profile '{profile.Name}' has a role_arn but neither source_profile nor a credential_source out of Environment, Ec2InstanceMetadata and EcsContainer. Add one."),
        };
    }

    private ResolvedCredentials OfPlainProfile(AwsProfile profile, string source)
    {
        AWSCredentials credentials;
        try
        {
            credentials = profile.ToCredentials();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new CredentialException($"The {source} is incomplete: it has neither keys, role_arn, sso_session, credential_process nor web_identity_token_file as they should be. Correct it with 'aws configure --profile {profile.Name}'.");
        }

        return new ResolvedCredentials
        {
            Credentials = credentials,
            Source = source,
            Renews = credentials is not SessionAWSCredentials,
            Region = profile.Region ?? EnvironmentRegion,
            IsRoleSession = credentials is SSOAWSCredentials,
            AccountId = profile["sso_account_id"],
        };
    }

    private ResolvedCredentials OfWebIdentity(string roleArn, string tokenFile, string? sessionName, string source, string? region, EndpointSettings? endpoints)
    {
        var role = Role(roleArn, source);
        var stsRegion = StsRegion(region ?? EnvironmentRegion, role.Partition);
        return new ResolvedCredentials
        {
            // The token is read anew each time: its issuer replaces it long before the session ends.
            Credentials = new RoleCredentials(cancellationToken => _client.AskAsync(
                "sts",
                "AssumeRoleWithWebIdentity",
                new { RoleArn = roleArn, RoleSessionName = sessionName ?? "CloudPosture", WebIdentityToken = ReadToken(tokenFile) },
                new AwsTarget { Credentials = new AnonymousAWSCredentials(), Region = stsRegion, AccountId = role.AccountId, Endpoints = endpoints },
                cancellationToken)),
            Source = $"{source} → role {role}",
            Region = region ?? EnvironmentRegion,
            Endpoints = endpoints,
            IsRoleSession = true,
            AccountId = role.AccountId,
        };
    }

    private static string ReadToken(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"The web identity token {path} cannot be read: {problem.Message}", problem);
        }
    }

    private bool HasContainer => (Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") ?? Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")) is not null;

    private ResolvedCredentials OfContainer() => HasContainer
        ? new ResolvedCredentials { Credentials = new GenericContainerCredentials(), Source = "container role", Region = EnvironmentRegion, IsRoleSession = true }
        : throw new CredentialException("This is no ECS or EKS container with a role: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set.");

    private async Task<ResolvedCredentials> OfInstanceAsync(CancellationToken cancellationToken)
    {
        if (string.Equals(Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new CredentialException("The instance's role cannot be asked for: AWS_EC2_METADATA_DISABLED is set.");
        }

        try
        {
            // The constructor asks the metadata service which role there is, and waits.
            var credentials = await Task.Run(() => new InstanceProfileAWSCredentials(), cancellationToken).ConfigureAwait(false);
            return new ResolvedCredentials { Credentials = credentials, Source = $"instance role {credentials.Role}", Region = EnvironmentRegion, IsRoleSession = true };
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new CredentialException("The instance metadata service gave no role. Is this an EC2 instance with an instance profile, and its metadata service (version 2) enabled?", NetworkFailure.Harmless(problem));
        }
    }

    private async Task<string> AskCodeAsync(string serial, CancellationToken cancellationToken)
    {
        var code = MfaCode is null ? null : await MfaCode(serial, cancellationToken).ConfigureAwait(false);
        return code?.Trim() is { Length: 6 } digits && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? digits
            : throw new CredentialException($"The MFA device {serial} must confirm this role: give its six digits with -MfaCode.");
    }

    private string StsRegion(string? region, string partition)
    {
        var wanted = Region ?? region;
        if (wanted is not null && Partition.Of(wanted).Name == partition)
        {
            return wanted;
        }

        foreach (var known in Partition.All)
        {
            if (known.Name == partition)
            {
                return known.HomeRegion;
            }
        }

        throw new CredentialException($"The partition '{partition}' is not known; there are {string.Join(", ", Partition.All.Select(known => known.Name))}.");
    }

    private static RoleArn Role(string text, string source) =>
        RoleArn.TryParse(text, out var role) ? role : throw new CredentialException($"The role_arn of {source}, '{text}', is not a role's ARN like arn:aws:iam::123456789012:role/name.");

    private string? ActiveProfile => Variable("AWS_PROFILE") ?? Variable("AWS_DEFAULT_PROFILE");

    private string? EnvironmentRegion => Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");

    private string? Variable(string name) => _environment(name) is { Length: > 0 } value ? value : null;

    private string Demand(string name) => Variable(name) ?? throw new CredentialException($"The environment variable {name} is not set. Set it, or take the credentials from elsewhere.");
}
