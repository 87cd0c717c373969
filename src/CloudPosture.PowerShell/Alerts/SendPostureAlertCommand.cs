using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Alerts;
using CloudPosture.Alerts.Receivers;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Findings;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;
using CloudPosture.Reporting.Collecting;

namespace CloudPosture.PowerShell.Alerts;

/// <summary>Tells people and systems what fails and is new or worse since they were last told.</summary>
[Cmdlet(VerbsCommunications.Send, "PostureAlert", SupportsShouldProcess = true)]
[OutputType(typeof(PostureAlert))]
public sealed class SendPostureAlertCommand : AwsCmdlet, IDisposable
{
    private const string Folder = "alerts";
    private readonly List<IAlertReceiver> _receivers = [];
    private AlertHttp? _http;
    private PostureLake? _lake;
    private ExceptionSet _exceptions = ExceptionSet.Empty;
    private CollectedFindings? _collected;
    private string? _topic;

    /// <summary>Findings; without a pipeline the latest of each account and service.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The address of a workflow's webhook of Microsoft Teams.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public object? Teams { get; set; }

    /// <summary>The address of an incoming webhook of Slack.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public object? Slack { get; set; }

    /// <summary>The address of whatever takes JSON.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public object? Webhook { get; set; }

    /// <summary>What the webhook is sent.</summary>
    [Parameter]
    [Choice(typeof(WebhookFormat))]
    public WebhookFormat WebhookFormat { get; set; }

    /// <summary>Fields that Splunk or DefectDojo takes beside the findings.</summary>
    [Parameter]
    public Hashtable WebhookField { get; set; } = [];

    /// <summary>The token that the webhook asks for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public object? Token { get; set; }

    /// <summary>Who is written to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Mail { get; set; }

    /// <summary>Who writes.</summary>
    [Parameter]
    public string? From { get; set; }

    /// <summary>The server that takes mail.</summary>
    [Parameter]
    public string? SmtpServer { get; set; }

    /// <summary>The server's port.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int SmtpPort { get; set; } = 587;

    /// <summary>Who signs in there.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public object? SmtpCredential { get; set; }

    /// <summary>The ARN of a topic.</summary>
    [Parameter]
    public string? Sns { get; set; }

    /// <summary>The connection that may publish to the topic.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string? Connection { get; set; }

    /// <summary>Severities.</summary>
    [Parameter]
    [Choice(typeof(Severity))]
    public Severity[]? Severity { get; set; }

    /// <summary>What failed before is not told, unless it passed since.</summary>
    [Parameter]
    [SinceText]
    [ArgumentCompleter(typeof(SinceCompleter))]
    public DateTime? Since { get; set; }

    /// <summary>How many accounts and rules are told in words.</summary>
    [Parameter]
    [ValidateRange(1, 46)]
    public int Limit { get; set; } = 20;

    /// <summary>The name by which it is remembered what the receiver was told.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    public string? ReceiverName { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>The lake's folder.</summary>
    [Parameter]
    public string? LakePath { get; set; }

    private protected override bool OnlyCollects => true;

    private string Memory => Path.Combine(_lake!.Path, Folder);

    /// <inheritdoc/>
    public void Dispose()
    {
        _collected?.Dispose();
        _http?.Dispose();
    }

    private protected override void ReadSession()
    {
        base.ReadSession();
        _lake = LakeLocation.Open(this, LakePath);
        _lake.OnDamage = damage => WriteFailure(damage, damage.Path);
        _http = new AlertHttp();
        AddReceivers(_http);
        if (_receivers.Count + (_topic is null ? 0 : 1) is var count && count == 0)
        {
            throw new ArgumentException("There is nobody to tell: give -Teams, -Slack, -Webhook, -Mail or -Sns.");
        }
        else if (count > 1 && ReceiverName is not null)
        {
            throw new ArgumentException("-ReceiverName names one receiver: tell the others by another Send-PostureAlert.");
        }

        if (MyInvocation.ExpectingInput)
        {
            _collected = new CollectedFindings(Memory);
        }
        else
        {
            LakeLocation.RefuseEmpty(_lake);
            _exceptions = ExceptionLocation.InForce(this, ExceptionPath, _lake, ModuleLibrary.Of(this, _lake, frameworks: null));
        }
    }

    private protected override void ReadRecord()
    {
        base.ReadRecord();
        if (_collected is { } collected && FindingRow.Of(InputObject, "Send-PostureAlert") is { } finding)
        {
            collected.Add(finding);
        }
    }

    private protected override async Task EndAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        using var aws = _topic is null ? null : OpenAws(writer);
        if (aws is not null)
        {
            await AttemptTopicAsync(aws, writer, cancellationToken).ConfigureAwait(false);
        }

        var now = DateTimeOffset.UtcNow;
        var run = new AlertRun(Memory, now) { Limit = Limit, Hint = "Get-PostureFinding -Status Fail shows all.", Since = SinceTextAttribute.Utc(Since) };
        foreach (var receiver in _receivers)
        {
            try
            {
                var name = ReceiverName ?? AlertRun.NameOf(receiver);
                var outcome = await run.SendAsync(receiver, name, Findings(), digest => writer.ShouldProcessAsync(receiver.Place, $"Tell of {digest.Findings} findings"), cancellationToken).ConfigureAwait(false);
                if (outcome.IsSent || outcome.Digest.Findings == 0)
                {
                    writer.Output(PostureAlert.From(receiver, name, outcome, now));
                }
            }
            catch (Exception problem) when (problem is AlertException or IOException)
            {
                writer.Error(ErrorRecords.From(problem, receiver.Place));
            }
        }
    }

    private IEnumerable<Finding> Findings() =>
        _collected is null
            ? new FindingView(_lake!, _exceptions).Read(new FindingQuery { Severities = Severity })
            : _collected.Read().Where(finding => Severity?.Contains(finding.Severity) != false);

    private void AddReceivers(AlertHttp http)
    {
        if (Teams is not null)
        {
            _receivers.Add(new TeamsReceiver(http, SecretSource.Address(this, nameof(Teams), Teams)));
        }

        if (Slack is not null)
        {
            _receivers.Add(new SlackReceiver(http, SecretSource.Address(this, nameof(Slack), Slack)));
        }

        if (Webhook is not null)
        {
            _receivers.Add(WebhookReceiver(http, Webhook));
        }

        if (Mail is not null)
        {
            _receivers.Add(MailReceiver(Mail));
        }

        _topic = Sns;
        _ = Sns is null ? null : SnsReceiver.RegionOf(Sns);
    }

    private IAlertReceiver WebhookReceiver(AlertHttp http, object webhook)
    {
        var token = Token is null ? null : new Secret(SecretSource.Text(this, nameof(Token), Token));
        var address = SecretSource.Address(this, nameof(Webhook), webhook, isPlainAllowed: token is not null);
        var fields = WebhookField.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => WebhookField[key]?.ToString() ?? "");
        return (WebhookFormat, token) switch
        {
            (WebhookFormat.Json, _) => new WebhookReceiver(http, address, token),
            (_, null) => throw new ArgumentException($"{WebhookFormat} asks for a token: give it by -Token env:NAME or secret:NAME."),
            (WebhookFormat.SplunkHec, _) => new SplunkReceiver(http, address, token, fields),
            _ => new DefectDojoReceiver(http, address, token, fields),
        };
    }

    private MailReceiver MailReceiver(string[] to)
    {
        if (From is null || SmtpServer is null)
        {
            throw new ArgumentException("-Mail needs to know who writes and which server takes it: give -From and -SmtpServer.");
        }

        var pair = SmtpCredential is null ? null : SecretSource.Pair(this, nameof(SmtpCredential), SmtpCredential);
        return new MailReceiver(
            new MailServer { Host = SmtpServer, Port = SmtpPort, UserName = pair?.UserName, Password = pair is null ? null : new Secret(pair.Password) }, From, to);
    }

    private async Task AttemptTopicAsync(AwsAccess aws, PipelineWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            var connection = Connection is null
                ? new PostureConnection { Name = "alerts" }
                : await new ConnectionStore().GetAsync(Connection, cancellationToken).ConfigureAwait(false);
            var account = _topic!.Split(':')[4];
            var sessions = await aws.Resolver.ResolveAsync(WithGivenCredentials(connection, writer), cancellationToken).ConfigureAwait(false);
            var session = sessions.FirstOrDefault(one => one.AccountId == account) ?? sessions[0];
            var target = new AwsTarget { Credentials = session.Credentials, Region = SnsReceiver.RegionOf(_topic), AccountId = session.AccountId, Endpoints = session.Endpoints };
            _receivers.Add(new SnsReceiver(aws.Client, target, _topic));
        }
        catch (Exception problem) when (problem is AwsServiceException or ConnectionException or Aws.Credentials.CredentialException)
        {
            writer.Error(ErrorRecords.From(problem, _topic));
        }
    }
}
