using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Harvest.Calls;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that ask AWS.</summary>
public abstract class AwsCmdlet : CredentialCmdlet
{
    private object? _storedCredentials;
    private string? _storedRegion;
    private readonly MfaSessions _mfa = new();
    private SessionSecrets _callKeys = new();
    private bool _isCodeTaken;

    /// <summary>The endpoint that takes AWS's place.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Uri? EndpointUrl { get; set; }

    /// <summary>The present code of the MFA device that a role or profile asks for.</summary>
    [Parameter]
    public string? MfaCode { get; set; }

    // What Set-AWSCredential and Set-DefaultAWSRegion of AWS.Tools keep for the session.
    private protected override void ReadSession()
    {
        base.ReadSession();
        _storedCredentials = SessionState.PSVariable.GetValue("StoredAWSCredentials");
        _storedRegion = CredentialObjects.ReadRegion(SessionState.PSVariable.GetValue("StoredAWSRegion"));
    }

    /// <param name="writer">Where it says what it does.</param>
    /// <param name="region">Where AWS is asked first; null leaves that to the session, the profile and the environment.</param>
    private protected AwsAccess OpenAws(PipelineWriter writer, string? region = null)
    {
        var ledger = new CallLedger();
        var client = new AwsClient(ModuleFolder.Content.Models, new AwsClientOptions { EndpointUrl = EndpointUrl, EndpointUrlName = $"-{nameof(EndpointUrl)}", Sending = call => ledger.Count(call.Service.Name, call.Name) });
        if (region is not null)
        {
            writer.Debug($"AWS is first asked in {region}, which -Region gives.");
        }
        else if (_storedRegion is not null)
        {
            writer.Debug($"AWS is first asked in {_storedRegion}, which Set-DefaultAWSRegion stored in this session.");
        }

        _callKeys = new SessionSecrets(SessionKeys);
        var credentials = new CredentialResolver(client)
        {
            Region = region ?? _storedRegion,
            Mfa = _mfa,
            MfaCode = (serial, _) => CodeAsync(writer, serial),
        };
        return new AwsAccess(client, new ConnectionResolver(client, ModuleFolder.Catalog, new ConnectionStore(), credentials, _callKeys) { Trace = writer.Debug }, ledger);
    }

    /// <summary>
    /// The connection with the credentials given as parameters, else with those AWS.Tools keeps for the session, in place of its own.
    /// They count for what was opened last, and change nothing that the connection or the session holds.
    /// </summary>
    private protected PostureConnection WithGivenCredentials(PostureConnection connection, PipelineWriter writer) => WithCredentials(connection, Given, writer);

    /// <summary>The same with credentials of another record.</summary>
    private protected PostureConnection WithCredentials(PostureConnection connection, GivenCredentials given, PipelineWriter writer)
    {
        if (given.Reference is null && connection.Credential.Kind == CredentialKind.Default && _storedCredentials is { } stored)
        {
            given = new GivenCredentials(CredentialObjects.Read(stored));
            writer.Verbose("Using the credentials that Set-AWSCredential stored in this session. They are read once and not renewed.");
        }

        if (given.Keys is { } keys)
        {
            _callKeys.Set(connection.Name, keys);
        }

        return given.Reference is { } reference ? connection with { Credential = reference } : connection;
    }

    /// <summary>Keeps the keys in use for a connection, as its own, for the session.</summary>
    private protected void KeepKeys(string connection)
    {
        if (_callKeys.TryGet(connection, out var keys))
        {
            SessionKeys.Set(connection, keys);
        }
    }

    // AWS takes a code once: whoever needs another is asked for it.
    private async Task<string> CodeAsync(PipelineWriter writer, string serial)
    {
        if (MfaCode is { Length: > 0 } given && !_isCodeTaken)
        {
            _isCodeTaken = true;
            return given;
        }

        return await writer.AskAsync(cmdlet => AskForCode(cmdlet, serial)).ConfigureAwait(false) ?? MfaCode ?? "";
    }

    private static string? AskForCode(PSCmdlet cmdlet, string serial)
    {
        try
        {
            return cmdlet.Host.UI.Prompt("MFA", $"The code that the device {Display.Text(serial)} shows", new Collection<FieldDescription> { new("Code") })
                .Values.Select(value => value.ToString()).FirstOrDefault();
        }
        catch (Exception problem) when (problem is not PipelineStoppedException)
        {
            // Nobody is there to ask (-NonInteractive, a job, a host without a prompt).
            return null;
        }
    }
}
