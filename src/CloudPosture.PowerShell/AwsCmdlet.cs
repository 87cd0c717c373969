using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that ask AWS.</summary>
public abstract class AwsCmdlet : CredentialCmdlet
{
    private object? _storedCredentials;
    private string? _storedRegion;

    /// <summary>The endpoint that takes AWS's place.</summary>
    [Parameter]
    public Uri? EndpointUrl { get; set; }

    /// <summary>The present code of the MFA device that a role or profile asks for.</summary>
    [Parameter]
    public string? MfaCode { get; set; }

    // What Set-AWSCredential and Set-DefaultAWSRegion of AWS.Tools keep for the session.
    private protected override void ReadSession()
    {
        _storedCredentials = SessionState.PSVariable.GetValue("StoredAWSCredentials");
        _storedRegion = CredentialObjects.ReadRegion(SessionState.PSVariable.GetValue("StoredAWSRegion"));
    }

    private protected AwsAccess OpenAws(PipelineWriter writer)
    {
        var client = new AwsClient(new AwsClientOptions { EndpointUrl = EndpointUrl });
        if (_storedRegion is not null)
        {
            writer.Debug($"AWS is first asked in {_storedRegion}, which Set-DefaultAWSRegion stored in this session.");
        }

        var credentials = new CredentialResolver(client)
        {
            Region = _storedRegion,
            MfaCode = (serial, _) => MfaCode is { } code ? Task.FromResult(code) : AskForCodeAsync(writer, serial),
        };
        return new AwsAccess(client, new ConnectionResolver(client, new ConnectionStore(), credentials, SessionKeys));
    }

    /// <summary>The connection with the credentials given as parameters, else with those AWS.Tools keeps for the session, in place of its own.</summary>
    private protected PostureConnection WithGivenCredentials(PostureConnection connection, PipelineWriter writer)
    {
        var keys = GivenKeys;
        if (keys is null && ProfileName is null && connection.Credential.Kind == CredentialKind.Default && _storedCredentials is { } stored)
        {
            keys = CredentialObjects.Read(stored);
            writer.Verbose("Using the credentials that Set-AWSCredential stored in this session. They are read once and not renewed.");
        }

        if (keys is not null)
        {
            SessionKeys.Set(connection.Name, keys);
        }

        return keys is not null || ProfileName is not null ? connection with { Credential = GivenReference(keys) } : connection;
    }

    private CredentialReference GivenReference(SessionKeys? keys) => keys is not null
        ? new CredentialReference { Kind = CredentialKind.Session }
        : new CredentialReference { Kind = CredentialKind.Profile, ProfileName = ProfileName, ProfileLocation = ProfileLocation };

    private static Task<string> AskForCodeAsync(PipelineWriter writer, string serial) => writer.AskAsync(cmdlet =>
        cmdlet.Host.UI.Prompt("MFA", $"The code that the device {Display.Text(serial)} shows", new Collection<FieldDescription> { new("Code") })
            .Values.Select(value => value.ToString()).First());
}
