using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that take credentials, by the names and aliases that users of AWS.Tools know.</summary>
public abstract class CredentialCmdlet : AsyncPostureCmdlet
{
    private readonly HashSet<string> _typed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A profile of the AWS files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(Completion.ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The credentials file, where it is not the user's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>The access key id of literal keys.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key of literal keys.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary keys.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>A PSCredential of access key and secret key, or a credential object of AWS.Tools.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSCredentials")]
    public object? Credential { get; set; }

    /// <summary>The credentials that this record was given with.</summary>
    private protected GivenCredentials Given { get; private set; } = new();

    /// <summary>The parameters that say where credentials are. Those of the command line go before those of the pipeline, all of them.</summary>
    private protected virtual IReadOnlyCollection<string> CredentialParameters =>
        [nameof(ProfileName), nameof(ProfileLocation), nameof(AccessKey), nameof(SecretKey), nameof(SessionToken), nameof(Credential)];

    /// <summary>Whether the command line gives a parameter; else it is the pipeline's, or nobody's.</summary>
    private protected bool IsTyped(string parameter) => _typed.Contains(parameter);

    // Only here is what was typed told from what the pipeline brings.
    private protected override void ReadSession()
    {
        _typed.UnionWith(MyInvocation.BoundParameters.Keys);

        // A variable that was never set is no reason to go on with other credentials. A token may be missing where the keys need none.
        foreach (var name in CredentialParameters.Where(name => IsTyped(name) && name != nameof(SessionToken) && MyInvocation.BoundParameters[name] is null or ""))
        {
            throw new CredentialParameterException($"-{name} is empty. Give it a value, or leave it out.");
        }
    }

    private protected override void ReadRecord() => Given = ReadGiven();

    /// <summary>A text that says where credentials are; null where it is empty, or where the command line says something else.</summary>
    private protected string? Credentials(string parameter, string? value) =>
        string.IsNullOrEmpty(value) || (!IsTyped(parameter) && CredentialParameters.Any(IsTyped)) ? null : value;

    private GivenCredentials ReadGiven()
    {
        var (id, secret, token) = (Credentials(nameof(AccessKey), AccessKey), Credentials(nameof(SecretKey), SecretKey), Credentials(nameof(SessionToken), SessionToken));
        var profile = Credentials(nameof(ProfileName), ProfileName);
        if (profile is not null && ConnectionRules.LooksSecret(profile))
        {
            throw new CredentialParameterException("What -ProfileName gives looks like a key. Give the name that the profile has in the AWS files.");
        }

        var location = Credentials(nameof(ProfileLocation), ProfileLocation);
        var pair = IsTyped(nameof(Credential)) || !CredentialParameters.Any(IsTyped) ? Credential : null;
        if (new[] { id ?? secret, pair, profile ?? location }.Count(given => given is not null) > 1)
        {
            throw new CredentialParameterException("Credentials come from one place: give keys (-AccessKey, -SecretKey), or -Credential, or -ProfileName.");
        }

        var keys = (id, secret, pair) switch
        {
            (null, null, null) when token is not null || IsTyped(nameof(SessionToken)) => throw new CredentialParameterException("-SessionToken belongs to keys: give -AccessKey and -SecretKey, or -Credential, as well."),
            (null, null, null) => null,
            (null, null, { } credential) => CredentialObjects.Read(credential, token),
            ({ }, { }, null) => new SessionKeys(id, secret, token),
            _ => throw new CredentialParameterException("-AccessKey and -SecretKey belong together: give both, and -SessionToken with them for temporary keys."),
        };
        return new GivenCredentials(keys, profile, location is null ? null : this.Resolve(location));
    }
}
