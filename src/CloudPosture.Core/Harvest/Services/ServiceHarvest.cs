using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Protocols;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Harvest.Events;
using CloudPosture.Harvest.Items;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Services;

/// <summary>Reads one service of one account: its Regions and types side by side, what hangs on others after them.</summary>
internal sealed class ServiceHarvest
{
    private readonly ServiceReading _reading;
    private readonly ServiceGaps _gaps;
    private readonly ItemCompleter _completer;
    private readonly ItemLister _lister;
    private readonly EventReader? _events;

    public ServiceHarvest(AccountContext account, AccountPlan plan, ServiceEntry service, ServiceWriter writer, DateTimeOffset startedAt, IReadOnlyCollection<(string Operation, string Region)>? mute = null)
    {
        _reading = new ServiceReading(account.Harvest, plan, service, new ServiceCaller(account, service, mute), writer, startedAt);
        _gaps = new ServiceGaps(_reading);
        _completer = new ItemCompleter(_reading, _gaps);
        _lister = new ItemLister(_reading, _gaps, _completer);
        _events = service.IsOfEvents ? new EventReader(_reading, account.Harvest.Request.Events!, account.Target.Caller, _completer) : null;
    }

    /// <summary>What the service told of the account's part in an organization.</summary>
    public bool? IsManagementAccount => _lister.IsManagementAccount;

    /// <summary>What could not be read.</summary>
    public ServiceGaps Gaps => _gaps;

    /// <summary>The operations of which no call was answered in a Region.</summary>
    public IReadOnlyCollection<(string Operation, string Region)> Mute => _reading.Caller.Mute;

    /// <summary>The calls sent so far.</summary>
    public IReadOnlyList<OperationStatistics> Statistics => _reading.Caller.Statistics;

    /// <summary>Reads all; what cannot be read becomes a gap.</summary>
    /// <exception cref="HarvestStoppedException">The account cannot go on.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        HarvestStoppedException? stopped = null;
        var chains = _reading.Plan.Account.Regions.Select(region => ChainAsync(region, isGlobal: false))
            .Append(ChainAsync(_reading.Plan.HomeRegion, isGlobal: true));
        try
        {
            await Task.WhenAll(chains).ConfigureAwait(false);
            await WriteEventsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopped is not null)
        {
            throw stopped;
        }

        async Task ChainAsync(string region, bool isGlobal)
        {
            try
            {
                await ReadRegionAsync(region, isGlobal, stop.Token).ConfigureAwait(false);
            }
            catch (HarvestStoppedException reason)
            {
                Interlocked.CompareExchange(ref stopped, reason, null);
                stop.Cancel();
                throw;
            }
            catch (LakeException)
            {
                stop.Cancel();
                throw;
            }
        }
    }

    private async Task WriteEventsAsync(CancellationToken cancellationToken)
    {
        foreach (var type in _reading.Service.Resources.Where(type => type.List?.IsEventHistory == true))
        {
            await _events!.WriteAsync(type, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadRegionAsync(string region, bool isGlobal, CancellationToken cancellationToken)
    {
        var types = _reading.Service.Resources.Where(resource => resource.IsGlobal == isGlobal).ToList();
        if (!isGlobal && _reading.Plan.DisabledRegions.Contains(region))
        {
            types.ForEach(type => _gaps.AddDisabledRegion(type, region));
            return;
        }

        // A walk needs the parents' ids, and what the management account alone may read needs the organization.
        var first = types.Where(type => !DependsOnOthers(type))
            .GroupBy(type => type.List?.Together ?? type.Type + "/" + types.IndexOf(type))
            .Select(together => ReadTypesAsync([.. together], region, cancellationToken));
        await Task.WhenAll(first).ConfigureAwait(false);
        foreach (var type in types.Where(DependsOnOthers))
        {
            await ReadTypesAsync([type], region, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool DependsOnOthers(ResourceEntry type) => type.ManagementAccountOnly || type.List?.Walk is not null;

    /// <summary>Reads a type, or several that one call lists.</summary>
    private async Task ReadTypesAsync(IReadOnlyList<ResourceEntry> types, string region, CancellationToken cancellationToken)
    {
        var type = types[0];
        if (type.ManagementAccountOnly && IsManagementAccount != true)
        {
            if (IsManagementAccount is null)
            {
                _gaps.AddUnknownManager(type, region);
            }

            return;
        }

        if (type.List is null)
        {
            await _completer.CompleteAsync(type, new ItemDraft(type, _reading.Plan.Account, region, ItemDraft.Nothing), cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await (type.List.IsEventHistory ? _events!.ReadAsync(type, region, cancellationToken) : _lister.ReadAsync(types, region, cancellationToken)).ConfigureAwait(false);
        }
        catch (AwsServiceException problem)
        {
            foreach (var one in types)
            {
                _gaps.AddBrokenList(one, region, one.List!, problem);
            }
        }
        catch (Exception problem) when (problem is MalformedAnswerException or JsonException or UnfitInputException)
        {
            foreach (var one in types)
            {
                _gaps.AddListGap(one, region, _gaps.GapOf(one, region, one.List!, null, ServiceGaps.Unreadable(problem)));
            }
        }
    }
}
