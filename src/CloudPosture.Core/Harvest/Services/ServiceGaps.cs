using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Aws;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Calls;
using CloudPosture.Harvest.Items;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Harvest.Services;

/// <summary>What could not be read of a service, and what of that another reading may bring. Thread-safe.</summary>
internal sealed class ServiceGaps(ServiceReading reading)
{
    /// <summary>What went wrong with the list of a type.</summary>
    private readonly ConcurrentDictionary<(string Type, string Region), ReadGap> _brokenLists = new();

    /// <summary>Lists that another reading may bring, and what went wrong with them; the Region as gaps name it.</summary>
    private readonly ConcurrentDictionary<(string Type, string Region), ReadGap> _unread = new();

    /// <summary>Those of the lists that failed because the service has no host there.</summary>
    private readonly ConcurrentDictionary<(string Type, string Region), ReadGap> _homeless = new();

    private int _hasPassingGaps;
    private int _hasFaults;

    /// <summary>What another reading may bring: lists, or their items, that were missed because AWS or the way to it failed.</summary>
    public IReadOnlyDictionary<(string Type, string Region), ReadGap> Unread => _unread;

    /// <summary>Lists that failed because the service has no host there; or because no name is resolved at the moment.</summary>
    public IReadOnlyDictionary<(string Type, string Region), ReadGap> Homeless => _homeless;

    /// <summary>Whether anything was missed that another reading may bring.</summary>
    public bool HasPassingGaps => Volatile.Read(ref _hasPassingGaps) != 0 || !_unread.IsEmpty;

    /// <summary>Whether the service said of a list, to the last attempt, that it has a fault of its own.</summary>
    public bool HasFaults => Volatile.Read(ref _hasFaults) != 0;

    /// <summary>Tells that a type could not be listed.</summary>
    public void AddBrokenList(ResourceEntry type, string region, OperationEntry list, AwsServiceException problem)
    {
        var gap = GapOf(type, region, list, null, problem);
        AddListGap(type, region, gap);
        Judge(problem, (type.Type, type.IsGlobal ? ResourceRegion.Global : region), gap);
    }

    /// <summary>Tells that a Region was not asked, as the account has not enabled it.</summary>
    public void AddDisabledRegion(ResourceEntry type, string region) => AddListGap(type, region, DisabledRegion(type, region));

    public void AddListGap(ResourceEntry type, string region, ReadGap gap)
    {
        _brokenLists.TryAdd((type.Type, region), gap);
        reading.Writer.Add(gap with { Region = type.IsGlobal ? ResourceRegion.Global : region });
    }

    /// <summary>What a list that could not be read means for another reading.</summary>
    private void Judge(AwsServiceException problem, (string Type, string Region) list, ReadGap gap)
    {
        if (GapReasons.HasNoHost(problem))
        {
            _homeless.TryAdd(list, gap);
        }
        else if (GapReasons.MayPass(problem))
        {
            _unread.TryAdd(list, gap);
            if (problem is { Kind: AwsErrorKind.Transient, HttpStatus: >= 500 })
            {
                Volatile.Write(ref _hasFaults, 1);
            }
        }
    }

    /// <summary>Why a type could not be listed where children in a Region hang on it; null where it was.</summary>
    public ReadGap? BrokenList(string type, string region) =>
        _brokenLists.Where(list => list.Key.Type == type && IsNear(type, list.Key.Region, region)).Select(list => list.Value).FirstOrDefault();

    /// <summary>Whether parents of one Region have children in another: those that belong to no Region do.</summary>
    public bool IsNear(string parentType, string parentRegion, string region) =>
        parentRegion == region || reading.Service.Resources.FirstOrDefault(entry => entry.Type == parentType)?.IsGlobal != false;

    /// <summary>What another reading of the parents may bring, it may bring of what hangs on them.</summary>
    public void FollowParent(string parent, ResourceEntry type, string region)
    {
        var place = type.IsGlobal ? ResourceRegion.Global : region;
        if (_unread.FirstOrDefault(list => list.Key.Type == parent && (list.Key.Region == ResourceRegion.Global || list.Key.Region == region)).Value is { } gap)
        {
            _unread.TryAdd((type.Type, place), gap with { ResourceType = type.Type, Region = place });
        }
    }

    /// <summary>Tells that nobody knows whether the account may be asked; within its organization's own service, why.</summary>
    public void AddUnknownManager(ResourceEntry type, string region)
    {
        if (BrokenList(OrganizationTypes.Organization, region) is { } unknown)
        {
            AddListGap(type, region, unknown with { ResourceType = type.Type });
            FollowParent(OrganizationTypes.Organization, type, region);
        }
        else if (reading.Service.Resources.All(other => other.Type != OrganizationTypes.Organization))
        {
            AddListGap(type, region, UnknownManager(type, region));
        }
    }

    /// <summary>What a call that was to complete an item could not tell. Where the Region stopped answering, the list counts as unread: most of its items will be hollow.</summary>
    public ReadGap FieldGap(ResourceEntry type, ItemDraft draft, CallEntry call, AwsServiceException problem)
    {
        var gap = GapOf(type, draft.ShownRegion, call, call.Field, problem);
        if (GapReasons.MayPass(problem))
        {
            Volatile.Write(ref _hasPassingGaps, 1);
            var list = gap with { Field = null };
            if (reading.Caller.IsCut(draft.Region) && _unread.TryAdd((type.Type, draft.ShownRegion), list))
            {
                reading.Writer.Add(list);
            }
        }

        return gap;
    }

    public ReadGap GapOf(ResourceEntry type, string region, OperationEntry call, string? field, AwsServiceException problem) => new()
    {
        Service = reading.Service.Name,
        ResourceType = type.Type,
        Field = field,
        Region = type.IsGlobal && field is null ? ResourceRegion.Global : region,
        Operation = call.Operation,
        Action = reading.Service.ActionOf(call),
        Reason = GapReasons.Of(problem),
        Code = problem.Code.Length > 0 ? problem.Code : problem.Kind.ToString(),
        Message = problem.ServiceMessage.Length > 0 ? problem.ServiceMessage : problem.Message,
    };

    public static AwsServiceException Unreadable(Exception problem) =>
        new(problem.Message, problem) { Kind = AwsErrorKind.Malformed, Code = Failure.MalformedCode };

    private ReadGap DisabledRegion(ResourceEntry type, string region) => NotAsked(type, region, GapReason.RegionDisabled, "RegionNotEnabled",
        $"The Region {region} is not enabled in account {reading.Plan.Account.AccountId}. Leave it out of the Regions, or enable it.");

    private ReadGap UnknownManager(ResourceEntry type, string region) => NotAsked(type, region, GapReason.Failed, "ManagementAccountUnknown",
        $"It is not known whether account {reading.Plan.Account.AccountId} manages its organization, and the management account alone may ask this. Read the service organizations too.");

    /// <summary>What is said of a type for which no call was sent.</summary>
    private ReadGap NotAsked(ResourceEntry type, string region, GapReason reason, string code, string message) => new()
    {
        Service = reading.Service.Name,
        ResourceType = type.Type,
        Region = region,
        Operation = type.Operations.First().Operation,
        Reason = reason,
        Code = code,
        Message = message,
    };
}
