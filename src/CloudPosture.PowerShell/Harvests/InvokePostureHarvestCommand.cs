using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Harvest;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Reads the configuration of accounts into the lake, assesses it, and tells how each account went.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PostureHarvest", SupportsShouldProcess = true)]
[OutputType(typeof(PostureAccountSummary))]
public sealed class InvokePostureHarvestCommand : AwsCmdlet
{
    private const string UnnamedConnection = "session";
    private const int MostAccountsNamed = 10;

    private readonly List<(string[] Names, GivenCredentials Given)> _records = [];

    /// <summary>Names of connections.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>The services to read.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

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
    public string[]? RulePath { get; set; }

    /// <summary>Harvests without assessing.</summary>
    [Parameter]
    public SwitchParameter SkipAssessment { get; set; }

    /// <summary>The lake's folder.</summary>
    [Parameter]
    public string? LakePath { get; set; }

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        _records.Add((Connection ?? [], Given));
        return Task.CompletedTask;
    }

    private protected override async Task EndAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (_records.Count == 0)
        {
            // A pipeline that brings nothing does not ask for everything.
            return;
        }

        if (Resume && (Service is not null || Region is not null))
        {
            throw new ArgumentException("-Resume goes on with the services and Regions that the harvest set out to read. Leave -Service and -Region out, or begin a new harvest without -Resume.");
        }

        var shard = ShardIndex is { } index
            ? new Shard(index, ShardCount ?? throw new ArgumentException("-ShardIndex needs -ShardCount."))
            : Shard.FromEnvironment(ShardCount);
        var services = new NameFilter(Service).RefuseUnknownServices().Among(Catalog.ServiceCatalog.Default.Names);
        new NameFilter(Region).RefuseUnknownRegions();
        var lake = await writer.AskAsync(cmdlet => LakeLocation.Open(cmdlet, LakePath)).ConfigureAwait(false);
        lake.OnDamage = damage => writer.Warning(Display.Text(damage.Message));
        var library = RuleLibrary.With(await writer.AskAsync(cmdlet => cmdlet.ResolveFolders(RulePath)).ConfigureAwait(false));
        var resumed = Resume ? FindInterrupted(lake) : null;
        var begun = resumed ?? (HarvestId is { } given ? FindBegun(lake, given) : null);
        using var aws = OpenAws(writer);
        aws.Resolver.QuotaShare = QuotaShare;
        if (shard is not null && (resumed?.HarvestId ?? HarvestId) is { } shared && !await writer.AskAsync(IsWhatIf).ConfigureAwait(false))
        {
            aws.Resolver.Shared = SharedOrganizations.Of(lake, shared);
        }

        var reached = await ResolveAsync(aws, resumed, writer, cancellationToken).ConfigureAwait(false);
        var accounts = new NameFilter(Account);
        List<AccountSession> sessions = [.. reached.Where(session => accounts.AdmitsAny(session.AccountId, session.AccountName))];
        if (sessions.Count == 0)
        {
            if (reached.Count > 0)
            {
                writer.Warning("The connections lead to no account that -Account names.");
            }

            WarnOfUnreached(lake, begun, shard, reached, writer);
            return;
        }

        var progress = new HarvestProgressBar(writer);
        var request = new HarvestRequest
        {
            Lake = lake,
            Targets = [.. sessions.Select(TargetOf)],
            Services = [.. services ?? (resumed is null ? ServicesOf(sessions, writer) : [])],
            Regions = Region ?? [],
            ThrottleLimit = ThrottleLimit,
            QuotaShare = QuotaShare,
            MaxCall = MaxCall,
            MaxAge = MaxAge,
            Resume = resumed?.HarvestId,
            HarvestId = resumed is null ? HarvestId : null,
            Shard = shard,
            Reaching = aws.Ledger,
            Progress = progress,
            Warn = text => writer.Warning(Display.Text(text)),
        };
        if (!await writer.ShouldProcessAsync(Describe(request), "Harvest").ConfigureAwait(false))
        {
            return;
        }

        var isComplete = begun is { Status: not HarvestStatus.Incomplete };
        var assessment = SkipAssessment
            ? null
            : new AccountAssessment(lake, library, await KnownAccounts.FindAsync(reached, lake, cancellationToken).ConfigureAwait(false), isComplete);
        var notStarted = new List<PostureAccountSummary>();
        using var reader = new AwsClient(new AwsClientOptions { EndpointUrl = EndpointUrl });
        await foreach (var account in new Harvester(reader).RunAsync(request, cancellationToken).ConfigureAwait(false))
        {
            var summary = PostureAccountSummary.From(account);
            if (summary.Status == AccountStatus.NotStarted)
            {
                notStarted.Add(summary);
            }
            else if (summary.Status != AccountStatus.Complete)
            {
                writer.Warning($"Account {summary.AccountId} ({Display.Text(summary.AccountName)}) is {summary.Status}: {Display.Text(summary.Failure)}");
            }

            writer.Output(assessment?.Assess(summary, cancellationToken) ?? summary);
        }

        if (notStarted.Count > 0)
        {
            writer.Warning($"{notStarted.Count} accounts were not begun ({Some([.. notStarted.Select(account => account.AccountId)])}). {Display.Text(notStarted[0].Failure)}");
        }

        WarnOfUnreached(lake, begun, shard, reached, writer);
        progress.Complete();
    }

    // A harvest whose account left the organization, or whose connection was removed, would stay incomplete for ever without a word.
    private static void WarnOfUnreached(PostureLake lake, HarvestInfo? begun, Shard? shard, IReadOnlyList<AccountSession> reached, PipelineWriter writer)
    {
        if (begun is not { Status: HarvestStatus.Incomplete })
        {
            return;
        }

        var here = new HashSet<string>(reached.Select(session => session.AccountId), StringComparer.Ordinal);
        List<string> unreached = [.. lake.Harvest(begun.HarvestId).MissingAccounts.Where(account => !here.Contains(account) && shard?.Owns(account) != false)];
        if (unreached.Count > 0)
        {
            writer.Warning($"Harvest {begun.HarvestId} stays incomplete: its connections no longer lead to {Some(unreached)}. Resume it with -Connection and one that does, or end it without them: Complete-PostureHarvest {begun.HarvestId} -Force.");
        }
    }

    private static string Some(IReadOnlyList<string> accounts) =>
        string.Join(", ", accounts.Take(MostAccountsNamed)) + (accounts.Count > MostAccountsNamed ? $" and {accounts.Count - MostAccountsNamed} more" : "");

    // -WhatIf leaves nothing in the lake, not even a list of accounts.
    private static bool IsWhatIf(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    // What -WhatIf and -Confirm show: how much is going to be asked, as far as earlier harvests tell.
    private static string Describe(HarvestRequest request)
    {
        var estimate = HarvestEstimate.Of(request);
        var through = string.Join(", ", request.Targets.Select(target => target.Connection).Distinct());
        var cost = estimate is { Calls: { } calls, Duration: { } duration }
            ? $"about {calls:N0} calls, {Describe(duration)} of reading, told from earlier harvests{(estimate.NewAccounts > 0 ? $"; {estimate.NewAccounts} of the accounts are new" : "")}{(estimate.UnknownServices.Count > 0 ? $"; not counted, because they were never read: {string.Join(", ", estimate.UnknownServices)}" : "")}"
            : "nothing was harvested yet to tell calls and time from";
        return $"{estimate.Accounts} accounts through {through} ({(request.Resume is { } id ? $"what is left of harvest {id}: " : "")}{cost})";
    }

    private static string Describe(TimeSpan duration) =>
        $"{(duration.Days > 0 ? $"{duration.Days} {(duration.Days == 1 ? "day" : "days")} " : "")}{duration:hh\\:mm\\:ss}";

    private static HarvestInfo? FindBegun(PostureLake lake, string harvestId)
    {
        PostureLake.CheckId(harvestId);
        return lake.FindHarvest(harvestId);
    }

    private HarvestInfo FindInterrupted(PostureLake lake)
    {
        if (HarvestId is { } id)
        {
            var named = lake.Harvest(id);
            return named.Status == HarvestStatus.Incomplete
                ? named
                : throw new NothingToResumeException($"Harvest '{id}' is {(named.Status == HarvestStatus.Ended ? "ended" : "complete")}: there is nothing left of it to resume.");
        }

        return lake.Harvests().FirstOrDefault(harvest => harvest.Status == HarvestStatus.Incomplete)
            ?? throw new NothingToResumeException($"There is nothing to resume: no harvest in '{lake.Path}' is incomplete.");
    }

    private async Task<IReadOnlyList<AccountSession>> ResolveAsync(AwsAccess aws, HarvestInfo? resumed, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var sessions = new List<AccountSession>();
        foreach (var connection in await ConnectionsAsync(resumed, writer, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                sessions.AddRange(await aws.Resolver.ResolveAsync(connection, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                writer.Error(ErrorRecords.From(problem, connection.Name));
            }
        }

        return sessions;
    }

    private async Task<IReadOnlyList<PostureConnection>> ConnectionsAsync(HarvestInfo? resumed, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var typed = _records.SelectMany(record => record.Names).ToList();
        var names = typed.Count > 0 || resumed is null ? typed : [.. resumed.Manifests.SelectMany(manifest => manifest.Connections).Distinct()];
        var isUnnamed = names.Count == 0 ? Given.Reference is not null : names.TrueForAll(name => name == UnnamedConnection);
        if (isUnnamed)
        {
            return [WithGivenCredentials(new PostureConnection { Name = UnnamedConnection, Regions = Region ?? [] }, writer)];
        }

        var enabled = new List<PostureConnection>();
        foreach (var connection in await new ConnectionStore().SelectAsync(names, writer, cancellationToken).ConfigureAwait(false))
        {
            if (!connection.Enabled)
            {
                writer.Verbose($"Connection '{connection.Name}' is disabled and not harvested.");
                continue;
            }

            enabled.Add(WithCredentials(Region is null ? connection : connection with { Regions = Region }, GivenFor(connection.Name), writer));
        }

        if (enabled.Count == 0)
        {
            writer.Warning("There is no enabled connection to harvest. Make one with New-PostureConnection, or give -ProfileName.");
        }

        return enabled;
    }

    // Each object in the pipeline may bring credentials of its own.
    private GivenCredentials GivenFor(string connection) =>
        _records.Where(record => new NameFilter(record.Names).Admits(connection)).Select(record => record.Given).FirstOrDefault() ?? new GivenCredentials();

    // A harvest reads the same services of all its accounts: those that any of its connections asks for.
    private static IEnumerable<string> ServicesOf(IReadOnlyList<AccountSession> sessions, PipelineWriter writer)
    {
        if (sessions.Any(session => session.Services.Count == 0))
        {
            return [];
        }

        var services = sessions.SelectMany(session => session.Services).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        writer.Verbose($"The connections ask for these services: {string.Join(", ", services)}.");
        return services;
    }

    private static AccountTarget TargetOf(AccountSession session) => new()
    {
        AccountId = session.AccountId,
        AccountName = session.AccountName,
        Partition = session.Partition,
        Connection = session.ConnectionName,
        Namespace = session.Namespace,
        Regions = session.Regions,
        Credentials = session.Credentials,
        Endpoints = session.Endpoints,
        IsManagementAccount = session.IsManagementAccount ? true : null,
    };
}
