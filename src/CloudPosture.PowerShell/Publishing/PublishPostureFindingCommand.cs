using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Findings;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Publishing;
using CloudPosture.Posture.Rules;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;
using CloudPosture.Reporting.Collecting;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Publishing;

/// <summary>Brings AWS Security Hub to what findings say.</summary>
[Cmdlet(VerbsData.Publish, "PostureFinding", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PosturePublication))]
public sealed class PublishPostureFindingCommand : AwsCmdlet, IDisposable
{
    private const int MostErrors = 10;
    private CollectedFindings? _collected;
    private int _detectors;
    private PostureLake? _lake;
    private RuleLibrary? _library;
    private bool _isConnectionRefused;

    /// <summary>Findings; without a pipeline all of the latest of each account and service.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>Publishes into AWS Security Hub.</summary>
    [Parameter]
    public SwitchParameter SecurityHub { get; set; }

    /// <summary>Connections whose roles may write there.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>The lake's folder.</summary>
    [Parameter]
    public string? LakePath { get; set; }

    private protected override bool OnlyCollects => true;

    private bool IsWhole => !MyInvocation.ExpectingInput;

    /// <inheritdoc/>
    public void Dispose() => _collected?.Dispose();

    private protected override void ReadSession()
    {
        base.ReadSession();
        if (!SecurityHub)
        {
            // Mandatory, PowerShell would ask for the switch's value.
            throw new ArgumentException("Say where the findings are to go: -SecurityHub.");
        }

        _lake = LakeLocation.Open(this, LakePath);
        _lake.OnDamage = damage => WriteFailure(damage, damage.Path);
        _library = ModuleLibrary.Of(this, _lake, frameworks: null);
        _collected = new CollectedFindings(Path.Combine(_lake.Path, "publishing"), isByPlace: true);
        if (!IsWhole)
        {
            return;
        }

        LakeLocation.RefuseEmpty(_lake);

        foreach (var finding in new FindingView(_lake, ExceptionLocation.InForce(this, ExceptionPath, _lake, _library)).Read(new FindingQuery()))
        {
            StopToken.ThrowIfCancellationRequested();
            _collected.Add(finding);
        }
    }

    private protected override void ReadRecord()
    {
        base.ReadRecord();
        if (!IsWhole && FindingRow.Of(InputObject, "Publish-PostureFinding") is { } finding)
        {
            if (finding.Provider is { Length: > 0 })
            {
                _detectors++;
            }
            else
            {
                _collected!.Add(finding);
            }
        }
    }

    private protected override async Task EndAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (_detectors > 0)
        {
            writer.Warning($"{_detectors} findings of AWS's own detectors are not published: these send theirs to Security Hub themselves.");
        }

        using var aws = OpenAws(writer);
        Dictionary<string, AccountTarget>? accounts = null;
        var publisher = new SecurityHubPublisher(aws.Client, _library!, DateTimeOffset.UtcNow);
        var strangers = new List<string>();
        foreach (var place in PublishedPlace.Of(_collected!.Read()))
        {
            if (!await writer.ShouldProcessAsync($"AWS Security Hub of account {place.AccountId} in {place.Region}", "Publish findings").ConfigureAwait(false))
            {
                continue;
            }

            accounts ??= await AccountsAsync(aws, writer, cancellationToken).ConfigureAwait(false);
            if (accounts.TryGetValue(place.AccountId, out var session))
            {
                await PublishAsync(publisher, session, place, writer, cancellationToken).ConfigureAwait(false);
            }
            else if (!strangers.Contains(place.AccountId))
            {
                strangers.Add(place.AccountId);
            }
        }

        // Where no connection could be had, that was told.
        if (strangers.Count > 0 && (accounts!.Count > 0 || !_isConnectionRefused))
        {
            var which = $"account{(strangers.Count == 1 ? "" : "s")} {SomeNames.Of(strangers)}";
            writer.Error(ErrorRecords.From(new PublicationException($"No connection leads to {which}, whose findings were not published: Security Hub takes them from the account itself. Name it by -Connection."), strangers[0]));
        }
    }

    private async Task PublishAsync(SecurityHubPublisher publisher, AccountTarget session, PublishedPlace place, PipelineWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            var target = new AwsTarget { Credentials = session.Credentials, Region = place.Region, AccountId = place.AccountId, Endpoints = session.Endpoints };
            var outcome = await publisher.PublishAsync(target, place, IsWhole ? _lake : null, cancellationToken).ConfigureAwait(false);
            foreach (var (id, reason) in outcome.Failures.Take(MostErrors))
            {
                writer.Error(ErrorRecords.From(new PublicationException($"Security Hub of account {place.AccountId} in {place.Region} refuses the finding {id}: {reason}"), id));
            }

            writer.Output(PosturePublication.From(place, outcome));
        }
        catch (AwsServiceException problem)
        {
            writer.Error(ErrorRecords.From(problem.Code == "InvalidAccessException" ? NotEnabled(place) : problem, $"{place.AccountId}/{place.Region}"));
            writer.Output(PosturePublication.NothingOf(place));
        }
    }

    private static PublicationException NotEnabled(PublishedPlace place) =>
        new($"AWS Security Hub is not on in account {place.AccountId} in {place.Region}: nothing was published there. Turn it on, or leave its findings out by Get-PostureFinding -Region.");

    private async Task<Dictionary<string, AccountTarget>> AccountsAsync(AwsAccess aws, PipelineWriter writer, CancellationToken cancellationToken)
    {
        IReadOnlyList<PostureConnection> connections = Connection is null
            ? [new PostureConnection { Name = "publish" }]
            : await new ConnectionStore().SelectAsync(Connection, writer, cancellationToken).ConfigureAwait(false);
        _isConnectionRefused = connections.Count == 0 && new NameFilter(Connection).ExactNames.Count > 0;
        var accounts = new Dictionary<string, AccountTarget>(StringComparer.Ordinal);
        foreach (var connection in connections)
        {
            try
            {
                foreach (var session in await aws.Resolver.ResolveAsync(WithGivenCredentials(connection, writer), cancellationToken).ConfigureAwait(false))
                {
                    accounts[session.AccountId] = session;
                }
            }
            catch (Exception problem) when (problem is AwsServiceException or ConnectionException or CredentialException)
            {
                _isConnectionRefused = true;
                writer.Error(ErrorRecords.From(problem, connection.Name));
            }
        }

        return accounts;
    }
}
