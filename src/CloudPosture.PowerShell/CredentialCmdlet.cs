using System;
using System.Management.Automation;
using CloudPosture.Aws.Credentials;
using CloudPosture.PowerShell.Connections;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that take credentials, by the names and aliases that users of AWS.Tools know.</summary>
public abstract class CredentialCmdlet : AsyncPostureCmdlet
{
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

    /// <summary>The keys that were given, by parameters or by a credential object; null where there are none.</summary>
    /// <exception cref="ArgumentException">One key of a pair is missing, or the object holds none.</exception>
    private protected SessionKeys? GivenKeys => (AccessKey, SecretKey, Credential) switch
    {
        (null, null, null) => null,
        ({ } id, { } secret, _) => new SessionKeys(id, secret, SessionToken),
        (null, null, { } credential) => CredentialObjects.Read(credential),
        _ => throw new ArgumentException("-AccessKey and -SecretKey belong together: give both, and -SessionToken with them for temporary keys."),
    };
}
