using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;
using CloudPosture.Alerts;

namespace CloudPosture.PowerShell.Alerts;

/// <summary>
/// Finds secrets where parameters say they are: in an environment variable (<c>env:NAME</c>), in a vault of SecretManagement (<c>secret:NAME</c> or
/// <c>secret:VAULT/NAME</c>), or in a SecureString or PSCredential. A secret typed in plain text would stay in histories and logs.
/// </summary>
internal static class SecretSource
{
    private const string Environment = "env:";
    private const string Vault = "secret:";
    private const string AskVault = "param($Name, $Vault) if ($Vault) { Get-Secret -Name $Name -Vault $Vault -ErrorAction Stop } else { Get-Secret -Name $Name -ErrorAction Stop }";

    /// <summary>Whether a value says where a secret is, or keeps it covered.</summary>
    public static bool IsReference(object value) => Unwrap(value) switch
    {
        SecureString or PSCredential => true,
        string text => Holds(text, Environment) || Holds(text, Vault),
        _ => false,
    };

    /// <summary>The text of a secret.</summary>
    /// <param name="cmdlet">The cmdlet, on the pipeline thread.</param>
    /// <param name="parameter">The parameter that it is given by.</param>
    /// <param name="value">What is given.</param>
    /// <exception cref="ArgumentException">It is given in plain text, or is not where the value says.</exception>
    public static string Text(PSCmdlet cmdlet, string parameter, object value) => Find(cmdlet, parameter, value) switch
    {
        SecureString secure => new NetworkCredential("", secure).Password,
        PSCredential pair => pair.GetNetworkCredential().Password,
        string text when text.Trim().Length > 0 => text.Trim(),
        _ => throw new ArgumentException($"What -{parameter} leads to is no text."),
    };

    /// <summary>A user's name and password; the text of a variable or a vault is <c>user:password</c>.</summary>
    /// <inheritdoc cref="Text" path="/param"/>
    /// <inheritdoc cref="Text" path="/exception"/>
    public static NetworkCredential Pair(PSCmdlet cmdlet, string parameter, object value)
    {
        if (Find(cmdlet, parameter, value) is PSCredential pair)
        {
            return pair.GetNetworkCredential();
        }

        var text = Text(cmdlet, parameter, value);
        var colon = text.IndexOf(':');
        return colon > 0
            ? new NetworkCredential(text.Substring(0, colon), text.Substring(colon + 1))
            : throw new ArgumentException($"What -{parameter} leads to must be a PSCredential, or a text of the form user:password.");
    }

    private static object? Find(PSCmdlet cmdlet, string parameter, object value) => Unwrap(value) switch
    {
        string text when Holds(text, Environment) => System.Environment.GetEnvironmentVariable(text.Substring(Environment.Length)) is { Length: > 0 } found
            ? found
            : throw new ArgumentException($"-{parameter}: there is no environment variable '{text.Substring(Environment.Length)}', or it is empty."),
        string text when Holds(text, Vault) => FromVault(cmdlet, parameter, text.Substring(Vault.Length)),
        string => throw new ArgumentException(
            $"-{parameter} takes no secret in plain text, which histories and logs would keep. Put it into an environment variable and give env:NAME, or into a vault of SecretManagement and give secret:NAME, or give a SecureString."),
        SecureString or PSCredential => Unwrap(value),
        { } other => throw new ArgumentException($"-{parameter} takes env:NAME, secret:NAME or a SecureString, and no {other.GetType().Name}."),
        null => throw new ArgumentException($"-{parameter} is empty."),
    };

    private static object? FromVault(PSCmdlet cmdlet, string parameter, string name)
    {
        if (cmdlet.InvokeCommand.GetCommand("Get-Secret", CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias) is null)
        {
            throw new ArgumentException($"-{parameter}: there is no Get-Secret here. Install the module Microsoft.PowerShell.SecretManagement, or give env:NAME.");
        }

        var slash = name.IndexOf('/');
        var (vault, secret) = slash < 0 ? (null, name) : (name.Substring(0, slash), name.Substring(slash + 1));
        try
        {
            var found = cmdlet.InvokeCommand.InvokeScript(AskVault, useNewScope: true, PipelineResultTypes.None, input: null, secret, vault);
            return found.Count == 1 ? Unwrap(found.Single()) : null;
        }
        catch (RuntimeException problem) when (problem is not PipelineStoppedException)
        {
            throw new ArgumentException($"-{parameter}: Get-Secret does not give '{name}': {problem.Message}");
        }
    }

    private static bool Holds(string text, string scheme) => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && text.Length > scheme.Length;

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>A webhook's address. One of this machine leads nowhere else, and one beside a token is not what is kept secret: these may be given as they are.</summary>
    public static WebhookAddress Address(PSCmdlet cmdlet, string parameter, object value, bool isPlainAllowed = false)
    {
        if (!IsReference(value) && value.ToString() is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.IsLoopback || (isPlainAllowed && uri.Query.Length == 0)))
        {
            return WebhookAddress.Parse(text);
        }

        return WebhookAddress.Parse(Text(cmdlet, parameter, value));
    }
}
