using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Errors;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// Finds credentials as AWS Tools users expect, by AWSSDK.Core's files and providers. Roles are entered through our own client, so that
/// STS is asked at the endpoint and in the partition the user chose, and its refusals stay as they were.
/// </summary>
public sealed class CredentialResolver
{
    private readonly AwsClient _client;
    private readonly CredentialEnvironment _environment;
    private readonly MachineCredentials _machine;

    /// <summary>Makes a resolver.</summary>
    /// <param name="client">What asks STS; its life must be longer than that of the credentials.</param>
    /// <param name="environment">Reads an environment variable; null is the process's environment.</param>
    public CredentialResolver(AwsClient client, Func<string, string?>? environment = null)
    {
        _client = client;
        _environment = new CredentialEnvironment(environment);
        _machine = new MachineCredentials(_environment);
    }

    /// <summary>Where STS is asked, if the profile and the environment shall not decide; a role in another partition is asked for in that one's home Region.</summary>
    public string? Region { get; init; }

    /// <summary>Gets the code of an MFA device, whose serial number it is given; null where nobody can be asked.</summary>
    public Func<string, CancellationToken, Task<string>>? MfaCode { get; init; }

    /// <summary>The sessions of MFA devices, shared by all that is resolved in one run.</summary>
    public MfaSessions Mfa { get; init; } = new();

    private RoleEntrance Roles => new(_client, _environment) { Region = Region, MfaCode = MfaCode, Mfa = Mfa };

    private ProfileCredentials Profiles => new(_environment, _machine, Roles);

    /// <summary>Finds credentials and makes sure that they can be had.</summary>
    /// <param name="reference">Where they are; not of kind <see cref="CredentialKind.Connection"/>.</param>
    /// <param name="keys">The keys, for kind <see cref="CredentialKind.Session"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CredentialException">They cannot be had; the message says where they were looked for and what to do.</exception>
    /// <exception cref="AwsServiceException">STS refused a role on the way.</exception>
    public async Task<ResolvedCredentials> ResolveAsync(CredentialReference reference, SessionKeys? keys, CancellationToken cancellationToken)
    {
        var found = await FindAsync(reference, keys, cancellationToken).ConfigureAwait(false);
        await FetchAsync(found, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Finds credentials, and enters none of their roles yet.</summary>
    /// <inheritdoc cref="ResolveAsync" path="/param"/>
    internal async Task<ResolvedCredentials> FindAsync(CredentialReference reference, SessionKeys? keys, CancellationToken cancellationToken)
    {
        var found = reference.Kind switch
        {
            CredentialKind.Session => _machine.OfKeys(keys ?? throw new CredentialException("The keys were given in another session, and are kept nowhere.", advice: new Advice("Give them again, or use a profile.", "KeysAgain"))),
            CredentialKind.Profile => await Profiles.FindAsync(reference.ProfileName!, _environment.Files(reference.ProfileLocation), cancellationToken).ConfigureAwait(false),
            CredentialKind.Environment => _machine.OfEnvironment(reference),
            CredentialKind.Container => _machine.OfContainer(),
            CredentialKind.Instance => await _machine.OfInstanceAsync(cancellationToken).ConfigureAwait(false),
            CredentialKind.Default => await OfChainAsync(cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentException("A connection's credentials come from ConnectionResolver.", nameof(reference)),
        };
        return found.Endpoints is null ? found with { Endpoints = _environment.ActiveEndpoints() } : found;
    }

    /// <summary>Enters a role; nothing is asked until the credentials are.</summary>
    /// <param name="from">Who enters it.</param>
    /// <param name="request">The role, and how.</param>
    /// <returns>The role's session; it renews itself unless an MFA code is needed each time.</returns>
    public ResolvedCredentials Enter(ResolvedCredentials from, RoleRequest request) => Roles.Enter(from, request);

    /// <summary>Asks for credentials now, so that what is wrong shows here and as one clear error.</summary>
    internal static async Task FetchAsync(ResolvedCredentials found, CancellationToken cancellationToken)
    {
        try
        {
            await CredentialFetch.GetAsync(found.Credentials, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not (CredentialException or AwsServiceException or AwsConfigurationException or OperationCanceledException))
        {
            throw UnusableCredentials.Error(found, problem);
        }
    }

    // Environment keys; literal profile; web identity; default profile; container; instance.
    private async Task<ResolvedCredentials> OfChainAsync(CancellationToken cancellationToken)
    {
        if (_environment.Variable("AWS_ACCESS_KEY_ID") is not null)
        {
            return _machine.OfEnvironment(new CredentialReference { Kind = CredentialKind.Environment });
        }

        if (_environment.ActiveProfile is { } name)
        {
            return await Profiles.FindAsync(name, _environment.Files(null), cancellationToken).ConfigureAwait(false);
        }

        if (_environment.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } token)
        {
            return Roles.OfWebIdentity(_environment.Demand("AWS_ROLE_ARN"), token, _environment.Variable("AWS_ROLE_SESSION_NAME"), "web identity of the environment", null, _environment.ActiveEndpoints());
        }

        var files = _environment.Files(null);
        if (files.Find("default") is { } profile && (profile.IsPlain || profile.RoleArn is not null))
        {
            return await Profiles.FindAsync("default", files, cancellationToken).ConfigureAwait(false);
        }

        if (_environment.HasContainer)
        {
            return _machine.OfContainer();
        }

        try
        {
            return await _machine.OfInstanceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CredentialException problem)
        {
            throw new CredentialException(
                "No credentials were found: not in AWS_ACCESS_KEY_ID, AWS_PROFILE, AWS_WEB_IDENTITY_TOKEN_FILE, the default profile, a container or an instance.",
                problem,
                new Advice("Name a profile, or give keys.", "CredentialsNone"));
        }
    }
}
