using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Posture.Harvests;
using CloudPosture.Posture.Rules;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Reads the configuration of accounts into the lake, assesses it, and tells how each account went.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PostureHarvest", SupportsShouldProcess = true)]
[OutputType(typeof(PostureAccountSummary))]
public sealed class InvokePostureHarvestCommand : AwsCmdlet
{
    internal const string UnnamedConnection = "session";

    private readonly List<(string[] Names, GivenCredentials Given)> _records = [];
    private volatile bool _isReading;

    /// <summary>Names of connections.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [NamesFrom("Connection", "Connections", "Name", What = "connection")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>The services to read.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>The services to leave out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? ExcludeService { get; set; }

    /// <summary>The Regions to read.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>Accounts to read, of those the connections lead to.</summary>
    [Parameter]
    [Alias("AccountId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>AWS's own detectors whose findings are read too.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? IncludeProviderFinding { get; set; }

    /// <summary>Reads the account's events, and nothing else.</summary>
    [Parameter]
    public SwitchParameter IncludeEvents { get; set; }

    /// <summary>How many accounts are read side by side.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>The share of AWS's published rates to use.</summary>
    [Parameter]
    [ValidateRange(0.01, 1.0)]
    public double QuotaShare { get; set; } = 0.5;

    /// <summary>The most calls to send.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxCall { get; set; }

    /// <summary>Services of an account that were read within this time are not read again.</summary>
    [Parameter]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Goes on with the newest harvest that was interrupted, or with the one of -HarvestId.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>The id of the harvest.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <summary>This process's number among those that share the harvest, from 0.</summary>
    [Parameter]
    public int? ShardIndex { get; set; }

    /// <summary>How many processes share the harvest.</summary>
    [Parameter]
    public int? ShardCount { get; set; }

    /// <summary>Folders of further rules.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? RulePath { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    /// <summary>Harvests without assessing.</summary>
    [Parameter]
    public SwitchParameter SkipAssessment { get; set; }

    /// <summary>The lake's folder.</summary>
    [Parameter]
    public string? LakePath { get; set; }

    private protected override void OnStop()
    {
        if (_isReading)
        {
            // The warning stream is closed already, and who does not know that nothing is lost begins anew.
            HostWords.Warn(Host, "The harvest was stopped. What was read is kept: Invoke-PostureHarvest -Resume goes on from there.");
        }
    }

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (Connection is not null || !MyInvocation.ExpectingInput)
        {
            _records.Add((Connection ?? [], Given));
        }

        return Task.CompletedTask;
    }

    private protected override async Task EndAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (_records.Count == 0)
        {
            // A pipeline that brings nothing does not ask for everything.
            return;
        }

        var progress = new HarvestProgressBar(writer);
        using var aws = OpenAws(writer);
        var order = await OrderAsync(aws, progress, writer, cancellationToken).ConfigureAwait(false);
        var run = await HarvestRun.PlanAsync(order, aws.Resolver, cancellationToken).ConfigureAwait(false);
        HarvestWords.Tell(run, new NameFilter(Account), writer);
        if (run.HasAccounts && !await writer.ShouldProcessAsync(HarvestWords.Describe(run.Request), "Harvest").ConfigureAwait(false))
        {
            return;
        }

        _isReading = run.HasAccounts;
        await RunAsync(run, writer, cancellationToken).ConfigureAwait(false);
        _isReading = false;
        progress.Complete();
        if (run.StrandedAccounts() is { Count: > 0 } stranded && (order.Resumed?.HarvestId ?? order.HarvestId) is { } id)
        {
            // A harvest whose account left the organization, or whose connection was removed, would stay incomplete for ever without a word.
            writer.Warning($"Harvest {id} stays incomplete: its connections no longer lead to {SomeNames.Of(stranded)}. Resume it with -Connection and one that does, or end it without them: Complete-PostureHarvest {id} -Force.");
        }
    }

    private async Task RunAsync(HarvestRun run, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var notStarted = new List<PostureAccountSummary>();
        using var reader = new AwsClient(ModuleFolder.Content.Models, new AwsClientOptions { EndpointUrl = EndpointUrl, EndpointUrlName = $"-{nameof(EndpointUrl)}" });
        await foreach (var outcome in run.RunAsync(reader, cancellationToken).ConfigureAwait(false))
        {
            var summary = PostureAccountSummary.From(outcome);
            if (summary.Status == AccountStatus.NotStarted)
            {
                notStarted.Add(summary);
            }
            else if (outcome.Harvest.Mistake is { } mistake)
            {
                writer.Error(ErrorRecords.From(mistake, summary.AccountId));
            }
            else if (summary is { Status: not AccountStatus.Complete, AccountId.Length: > 0 })
            {
                writer.Warning($"Account {summary.AccountId} ({summary.AccountName}) is {summary.Status}: {summary.Failure}");
            }

            // Credentials of this command line that do not work are an error; nothing was to be read but through them.
            if (summary is not { Connection: UnnamedConnection, AccountId: "" })
            {
                writer.Output(summary);
            }
        }

        if (notStarted.Count > 0)
        {
            writer.Warning($"{notStarted.Count} accounts were not begun ({SomeNames.Of([.. notStarted.Select(account => account.AccountId)])}). {notStarted[0].Failure}");
        }
    }

    private async Task<HarvestOrder> OrderAsync(AwsAccess aws, HarvestProgressBar progress, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var services = HarvestServices.Wanted(Service, isOfEvents: IncludeEvents, isNarrowed: (ExcludeService ?? IncludeProviderFinding) is not null);
        new NameFilter(Region).RefuseUnknownRegions();
        var lake = await writer.AskAsync(cmdlet => LakeLocation.Open(cmdlet, LakePath)).ConfigureAwait(false);
        lake.OnDamage = damage => writer.Warning(damage.Message);
        var shard = Shard();
        var resumed = Resume ? InterruptedHarvest.Of(lake, HarvestId) : null;
        if ((resumed?.HarvestId ?? HarvestId) is { } id)
        {
            PostureLake.CheckId(id);
            aws.Resolver.Shared = shard is null || await writer.AskAsync(IsWhatIf).ConfigureAwait(false) ? null : SharedOrganizations.Of(lake, id);
        }

        aws.Resolver.QuotaShare = QuotaShare;
        var accounts = new NameFilter(Account);
        var folders = RulePath is null ? null : await writer.AskAsync(cmdlet => cmdlet.ResolveFolders(RulePath)).ConfigureAwait(false);
        var library = await writer.AskAsync(cmdlet => ModuleLibrary.Of(cmdlet, lake, FrameworkPath, RulePath)).ConfigureAwait(false);
        return new HarvestOrder
        {
            Content = ModuleFolder.Content,
            Lake = lake,
            Connections = await new HarvestConnections(_records, Given, Region, (connection, given) => WithCredentials(connection, given, writer)).SelectAsync(resumed, writer, cancellationToken).ConfigureAwait(false),
            KnownConnections = await new ConnectionStore().ListAsync(cancellationToken).ConfigureAwait(false),
            Wants = accounts.AdmitsAny,
            Services = services,
            ExcludedServices = ExcludeService is null ? [] : [.. KnownNames.AllServices.Where(new NameFilter(ExcludeService).RefuseUnknownServices().Admits)],
            Providers = IncludeProviderFinding is null ? [] : [.. FindingProviders.Entries(IncludeProviderFinding).Select(provider => provider.Name)],
            Events = IncludeEvents || resumed?.Services.Any(ModuleFolder.Catalog.EventNames.Contains) == true ? EventRules.LookupOf(library) : null,
            Regions = Region ?? [],
            Library = SkipAssessment ? null : library,
            Exceptions = await writer.AskAsync(cmdlet => ExceptionLocation.InForce(cmdlet, ExceptionPath, lake, library)).ConfigureAwait(false),
            RuleFolders = folders,
            Resumed = resumed,
            HarvestId = HarvestId,
            Manner = Manner(lake, shard, writer) with { Reaching = aws.Ledger, Progress = progress },
        };
    }

    private HarvestRequest Manner(PostureLake lake, Shard? shard, PipelineWriter writer) => new()
    {
        Lake = lake,
        Targets = [],
        ThrottleLimit = ThrottleLimit,
        QuotaShare = QuotaShare,
        MaxCall = MaxCall,
        MaxAge = MaxAge,
        Shard = shard,
        Warn = (text, advice) => writer.Warning(CmdletAdvice.Told(text, advice)),
    };

    private Shard? Shard()
    {
        if (Resume)
        {
            HarvestServices.RefuseWithResume(IncludeEvents, (Service ?? ExcludeService ?? Region ?? IncludeProviderFinding) is not null);
        }

        return ShardIndex is { } index
            ? new Shard(index, ShardCount ?? throw new ArgumentException("-ShardIndex needs -ShardCount."))
            : Harvest.Accounts.Shard.FromEnvironment(ShardCount);
    }

    // -WhatIf leaves nothing in the lake, not even a list of accounts.
    private static bool IsWhatIf(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));
}
