using System;
using System.Management.Automation;
using CloudPosture.Aws.Credentials;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Connections;

/// <summary>
/// Reads keys from objects made elsewhere. An AWS.Tools credential object is of another load context, so no cast to the
/// SDK's type can work; its members are asked for by name.
/// </summary>
internal static class CredentialObjects
{
    /// <param name="credential">The object.</param>
    /// <param name="token">The session token given beside it; null for none.</param>
    /// <exception cref="CredentialParameterException">The object holds no keys, or a token of its own.</exception>
    public static SessionKeys Read(object credential, string? token = null)
    {
        var value = credential is PSObject wrapped ? wrapped.BaseObject : credential;
        if (value is PSCredential pair)
        {
            return new SessionKeys(pair.UserName, pair.GetNetworkCredential().Password, token);
        }

        // What Set-AWSCredential stores is wrapped once more.
        var holder = value.GetType().GetProperty("Credentials")?.GetValue(value) ?? value;
        if (holder.GetType().GetMethod("GetCredentials", Type.EmptyTypes)?.Invoke(holder, null) is not { } keys)
        {
            throw new CredentialParameterException($"-Credential takes what Get-AWSCredential or Get-Credential gives, not a {value.GetType().Name}.");
        }

        if (token is not null)
        {
            throw new CredentialParameterException("-SessionToken goes with keys or a PSCredential; a credential object of AWS.Tools has its own.");
        }

        return new SessionKeys(Text(keys, "AccessKey") ?? "", Text(keys, "SecretKey") ?? "", Text(keys, "Token"), "credential object");
    }

    /// <summary>The name of a Region given as text or as an object of AWS.Tools; null where there is none.</summary>
    public static string? ReadRegion(object? region)
    {
        var value = region is PSObject wrapped ? wrapped.BaseObject : region;
        return value switch
        {
            null => null,
            string name => name.Length > 0 ? name : null,
            _ => Text(value, "SystemName") ?? Text(value, "Region"),
        };
    }

    private static string? Text(object keys, string property) => keys.GetType().GetProperty(property)?.GetValue(keys) as string;
}
