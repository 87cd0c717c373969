using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Content;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Time;

namespace CloudPosture.Harvest;

/// <summary>Reads the configuration of accounts into the lake: accounts side by side, one service of an account at a time, within AWS's rates.</summary>
public sealed class Harvester
{
    private readonly IAwsCaller _aws;
    private readonly ContentSet _content;
    private readonly TimeProvider _clock;
    private readonly RetryLimits _retries;
    private readonly SharedAccounts _shared;

    /// <summary>Makes a harvester.</summary>
    /// <param name="aws">What sends the calls.</param>
    /// <param name="content">What can be harvested, and how.</param>
    /// <exception cref="AwsConfigurationException">AWS_MAX_ATTEMPTS or AWS_RETRY_MODE has no valid value.</exception>
    public Harvester(IAwsCaller aws, ContentSet content)
        : this(aws, content, new SteadyTime(), RetryLimits.FromEnvironment(), SharedAccounts.OfProcess)
    {
    }

    internal Harvester(IAwsCaller aws, ContentSet content, TimeProvider clock, RetryLimits retries, SharedAccounts? shared = null)
    {
        _shared = shared ?? new SharedAccounts(clock);
        _aws = aws;
        _content = content;
        _clock = clock;
        _retries = retries;
    }

    /// <summary>
    /// Harvests. An account that fails is told in its summary and leaves the others alone. Stopping early, by the token or by
    /// leaving the loop, leaves a harvest that can be resumed.
    /// </summary>
    /// <param name="request">What to harvest.</param>
    /// <param name="cancellationToken">Stops; what is committed stays.</param>
    /// <returns>A summary an account, as they finish.</returns>
    /// <exception cref="SettingException">The request is wrong, does not fit the harvest that is there, or shards do not fit each other; the message says what to change.</exception>
    /// <exception cref="KeyNotFoundException">There is no such service; the message lists those there are.</exception>
    /// <exception cref="LakeException">The lake cannot be written, or there is no harvest to resume.</exception>
    public async IAsyncEnumerable<AccountSummary> RunAsync(HarvestRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var plan = Plan(request);
        using var writer = HarvestWriter.Open(request.Lake, plan.Manifest);
        var meter = new ProgressMeter(request.Progress, _clock, plan.Targets.Count, plan.Targets.Count * plan.Services.Count);
        var context = new HarvestContext(request, _aws, _content, _clock, writer, new CallBudget(request.MaxCall), _retries, meter, new HangingRegions(_clock), _shared);

        if (request.Lake.Exposure is { } exposure)
        {
            request.Warn?.Invoke(exposure, null);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<AccountSummary>>();
        var waiting = new Queue<AccountTarget>(plan.Targets);
        var left = new HashSet<string>(
            writer.Manifest.Accounts.Where(account => plan.Services.Any(service => !writer.IsDone(account, service.Name))),
            StringComparer.Ordinal);
        try
        {
            BeginMore();
            while (running.Count > 0)
            {
                var finished = await Task.WhenAny(running).ConfigureAwait(false);
                running.Remove(finished);
                var summary = await finished.ConfigureAwait(false);
                if (summary.Status == AccountStatus.Complete)
                {
                    left.Remove(summary.AccountId);
                }

                // The next one need not wait for what is done with this one.
                BeginMore();
                yield return summary;
            }

            if (left.Count == 0)
            {
                writer.Complete(_clock.UtcNow);
            }
        }
        finally
        {
            stop.Cancel();
            await EndAsync(running).ConfigureAwait(false);
            foreach (var calls in request.Reaching?.Take() ?? [])
            {
                writer.Record(calls);
            }
        }

        void BeginMore()
        {
            while (waiting.Count > 0 && running.Count < request.ThrottleLimit)
            {
                var account = new AccountHarvest(context, waiting.Dequeue(), plan.Services);
                running.Add(Task.Run(() => account.RunAsync(stop.Token), CancellationToken.None));
            }
        }
    }

    /// <summary>The files must not be closed under those who still write.</summary>
    private static async Task EndAsync(IReadOnlyList<Task> running)
    {
        try
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is OperationCanceledException or LakeException)
        {
            // They were told to stop; or the first one's error is already on its way.
        }
    }

    private (HarvestManifest Manifest, IReadOnlyList<AccountTarget> Targets, IReadOnlyList<ServiceEntry> Services) Plan(HarvestRequest request)
    {
        Check(request);
        var targets = request.Targets
            .GroupBy(target => target.AccountId, StringComparer.Ordinal)
            .Select(sameAccount => sameAccount.First())
            .ToList();
        var manifest = request.Resume is { } id ? Resumed(request.Lake.Harvest(id), request, targets) : NewManifest(request, targets);
        var services = _content.Catalog.ServicesOf(manifest.Services);
        CheckEvents(request, services);
        var planned = new HashSet<string>(manifest.Accounts, StringComparer.Ordinal);
        return (
            manifest,
            [.. targets
                .Where(target => planned.Contains(target.AccountId))
                .Select(target => manifest.Regions.Count > 0 ? target with { Regions = manifest.Regions } : target)],
            services);
    }

    // Events tell what people did: nothing but an order for them alone reads them.
    private static void CheckEvents(HarvestRequest request, IReadOnlyList<ServiceEntry> services)
    {
        if (services.FirstOrDefault(service => service.IsOfEvents) is not { } events)
        {
            return;
        }

        if (request.Events is not { Names.Count: > 0 })
        {
            throw new SettingException($"'{events.Name}' reads what people and programs did, and is not read unless that is asked for: leave it out, or ask for events.");
        }

        if (!services.All(service => service.IsOfEvents))
        {
            throw new SettingException($"Events ('{events.Name}') are read in a harvest of their own: leave the other services out.");
        }
    }

    private HarvestManifest NewManifest(HarvestRequest request, IReadOnlyList<AccountTarget> targets)
    {
        var shards = request.Shard is { } shard ? Shard.Divide([.. targets.Select(target => target.AccountId)], shard.Count) : [];
        return new HarvestManifest
        {
            HarvestId = request.Resume ?? request.HarvestId ?? PostureLake.NewHarvestId(_clock.UtcNow),
            StartedAt = _clock.UtcNow,
            Accounts = request.Shard is { } own ? shards[own.Index] : [.. targets.Select(target => target.AccountId)],
            Services = [.. _content.Catalog.ServicesOf(request.Services).Select(service => service.Name)],
            Regions = request.Regions,
            MaxAge = request.MaxAge,
            Incremental = request.Incremental,
            Connections = [.. targets.Select(target => target.Connection).Distinct(StringComparer.Ordinal)],
            ShardIndex = request.Shard?.Index,
            ShardCount = request.Shard?.Count,
            Shards = shards,
        };
    }

    /// <summary>The manifest to go on with; a shard that was never begun reads the services that the others read.</summary>
    private HarvestManifest Resumed(HarvestInfo harvest, HarvestRequest request, IReadOnlyList<AccountTarget> targets)
    {
        if (harvest.ShardCount != request.Shard?.Count)
        {
            throw new SettingException(
                $"Harvest '{harvest.HarvestId}' {(harvest.ShardCount is { } count ? $"is made of {count} shards" : "is in one piece, or its shards are joined already")}.",
                new Advice("Resume it in the shards that it was begun in.", "ResumeSameShards"));
        }

        if (harvest.Status != HarvestStatus.Incomplete)
        {
            throw new SettingException($"Harvest '{harvest.HarvestId}' is {(harvest.Status == HarvestStatus.Ended ? "ended" : "complete")}: there is nothing to resume.", new Advice("Begin a new harvest.", "ResumeNothing"));
        }

        var own = harvest.Manifests.FirstOrDefault(manifest => manifest.ShardIndex == request.Shard?.Index)
            ?? NewManifest(request with { Services = harvest.Manifests[0].Services, Regions = harvest.Manifests[0].Regions, MaxAge = harvest.Manifests[0].MaxAge, Incremental = harvest.Manifests[0].Incremental }, targets);
        if (IsOther(request.Services, own.Services) || IsOther(request.Regions, own.Regions))
        {
            throw new SettingException(
                $"Harvest '{harvest.HarvestId}' goes on with the services and Regions that it set out to read.",
                new Advice("Name neither, or begin a new harvest.", "ResumeAsBegun"));
        }

        return own with { MaxAge = request.MaxAge ?? own.MaxAge, Incremental = request.Incremental || own.Incremental };
    }

    private static bool IsOther(IReadOnlyList<string> asked, IReadOnlyList<string> own) => asked.Count > 0 && !new HashSet<string>(own, StringComparer.OrdinalIgnoreCase).SetEquals(asked);

    private static void Check(HarvestRequest request)
    {
        if (request.Targets.Count == 0)
        {
            throw new SettingException("There is no account to harvest. Give at least one connection.");
        }

        foreach (var target in request.Targets)
        {
            AccountIds.Check(target.AccountId);
        }

        if (request is { Shard: { } shard, HarvestId: null, Resume: null })
        {
            throw new SettingException(
                $"This is shard {shard.Index} of {shard.Count}, and shards write one harvest together.",
                new Advice("Give all of them the same id of the harvest, such as the number of the pipeline's run. A single shard reads all accounts here.", "ShardsNeedHarvestId"));
        }

        if (request.HarvestId is { } id)
        {
            PostureLake.CheckId(id);
        }

        if (request.ThrottleLimit < 1)
        {
            throw new SettingException($"ThrottleLimit is {request.ThrottleLimit}; it must be at least 1.");
        }

        if (request.QuotaShare is not (> 0 and <= 1))
        {
            throw new SettingException($"QuotaShare is {request.QuotaShare}; it must be above 0 and at most 1. 0.5 uses half of AWS's published rates.");
        }

        if (request.MaxCall < 1)
        {
            throw new SettingException($"MaxCall is {request.MaxCall}; it must be at least 1.");
        }
    }
}
