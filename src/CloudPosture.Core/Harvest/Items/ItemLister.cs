using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Protocols;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Calls;
using CloudPosture.Harvest.Services;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Harvest.Items;

/// <summary>Lists the items of types page by page, of some once for each item of another type, and hands them on to be completed.</summary>
internal sealed class ItemLister
{
    private const int ItemsSideBySide = 16;
    private const int BatchesSideBySide = 2;
    private readonly ServiceReading _reading;
    private readonly ServiceGaps _gaps;
    private readonly ItemCompleter _completer;
    private readonly SemaphoreSlim _desk = new(1);

    /// <summary>The ids of those types that a walk starts from.</summary>
    private readonly ConcurrentDictionary<string, ConcurrentQueue<WalkParent>> _parents = new(StringComparer.Ordinal);

    /// <summary>The members of parents that any of their children carry on.</summary>
    private readonly HashSet<string> _carried;

    /// <summary>The ARNs of those items that several Regions list.</summary>
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    public ItemLister(ServiceReading reading, ServiceGaps gaps, ItemCompleter completer)
    {
        (_reading, _gaps, _completer) = (reading, gaps, completer);
        IsManagementAccount = reading.Plan.Account.IsManagementAccount;
        var walks = reading.Service.Resources.Select(resource => resource.List?.Walk).OfType<WalkEntry>().ToList();
        _carried = new HashSet<string>(walks.SelectMany(walk => walk.Carry), StringComparer.Ordinal);
        foreach (var type in walks.SelectMany(walk => walk.From))
        {
            _parents.TryAdd(type, new ConcurrentQueue<WalkParent>());
        }
    }

    /// <summary>What the service told of the account's part in an organization.</summary>
    public bool? IsManagementAccount { get; private set; }

    /// <summary>Lists types in a Region.</summary>
    /// <param name="types">One type; or several whose lists are one call.</param>
    /// <param name="region">The Region.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AwsServiceException">AWS refused, to the last attempt.</exception>
    /// <exception cref="HarvestStoppedException">The account cannot go on.</exception>
    public async Task ReadAsync(IReadOnlyList<ResourceEntry> types, string region, CancellationToken cancellationToken)
    {
        var list = types[0].List! with { Others = [.. types.Skip(1).Select(type => type.List!.Items)] };
        if (list.Prepare is { } preparation)
        {
            await PrepareAsync(preparation, region, cancellationToken).ConfigureAwait(false);
        }

        await ListAsync(types, list, region, cancellationToken).ConfigureAwait(false);
        if (types[0].Type == OrganizationTypes.Organization)
        {
            IsManagementAccount ??= false;
        }
    }

    private async Task PrepareAsync(OperationEntry preparation, string region, CancellationToken cancellationToken)
    {
        using var answer = await new Polling(_reading.Caller, preparation, region).FinishedAsync(ItemDraft.Nothing, IsPending, isDigestedAtOnce: true, cancellationToken).ConfigureAwait(false);

        static bool IsPending(JsonElement root) => !root.TryGetProperty("State", out var state) || !state.ValueEquals("COMPLETE");
    }

    private async Task ListAsync(IReadOnlyList<ResourceEntry> types, ListEntry list, string region, CancellationToken cancellationToken)
    {
        if (list.Each is { } each)
        {
            foreach (var value in each.Values)
            {
                await ListPagesAsync(types, list, region, WalkStep.None with { Extra = new ExtraInput(each.Input, [value]) }, cancellationToken).ConfigureAwait(false);
            }
        }
        else if (list.Walk is { } walk)
        {
            await WalkAsync(types[0], list, walk, region, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ListPagesAsync(types, list, region, WalkStep.None, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WalkAsync(ResourceEntry type, ListEntry list, WalkEntry walk, string region, CancellationToken cancellationToken)
    {
        if (walk.From.Select(from => _gaps.BrokenList(from, region)).FirstOrDefault(gap => gap is not null) is { } broken)
        {
            _gaps.AddListGap(type, region, broken with { ResourceType = type.Type });
            walk.From.ToList().ForEach(from => _gaps.FollowParent(from, type, region));
        }

        var level = walk.From.SelectMany(from => _parents[from].Where(parent => _gaps.IsNear(from, parent.Region, region))).ToList();
        while (level.Count > 0)
        {
            var found = new ConcurrentQueue<WalkParent>();
            await Concurrently.ForEachAsync(
                WalkParent.Batches(level, walk),
                ItemsSideBySide,
                parents => ListPagesAsync([type], list, region, WalkStep.Of(walk, parents, found), cancellationToken)).ConfigureAwait(false);
            level = walk.Recurse ? [.. found] : [];
        }
    }

    /// <summary>Reads all pages of a list.</summary>
    /// <param name="types">What is listed.</param>
    /// <param name="list">The call.</param>
    /// <param name="region">The Region to ask.</param>
    /// <param name="step">Of which parents.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private async Task ListPagesAsync(IReadOnlyList<ResourceEntry> types, ListEntry list, string region, WalkStep step, CancellationToken cancellationToken)
    {
        var guard = new PageGuard(_reading.Caller.Model(list));
        JsonElement? input = list.Input.Fill(Carrying(new ItemDraft(types[0], _reading.Plan.Account, region, ItemDraft.Nothing), list, step.Parents), step.Extra);
        while (input is { } page)
        {
            using var answer = await SendListAsync(list, region, page, isDigestedAtOnce: types.All(type => type.Calls.Count == 0), cancellationToken).ConfigureAwait(false);
            if (answer is null)
            {
                return;
            }

            var isNew = guard.IsNew(answer);
            JsonElement? told = null;
            foreach (var type in types)
            {
                var (items, position) = PagesOf(type, type.List!, answer);
                told ??= position;
                await TakeAsync(type, region, isNew ? items : [], step, cancellationToken).ConfigureAwait(false);
            }

            input = guard.Next(page, answer, told);
        }
    }

    private Task TakeAsync(ResourceEntry type, string region, IEnumerable<JsonElement> items, WalkStep step, CancellationToken cancellationToken)
    {
        var drafts = items
            .Where(item => type.List!.Where?.Admits(item) != false)
            .Select(item => Draft(type, region, item, step))
            .Where(draft => !type.IsDistinct || draft.Arn is not { } arn || _seen.TryAdd(arn, true));
        return type.Calls.Count == 0 ? WriteAsync(type, drafts, cancellationToken)
            : type.BatchSize > 1 ? Concurrently.ForEachAsync(ItemBatch.Of(type, drafts), BatchesSideBySide, batch => _completer.CompleteAsync(type, batch, cancellationToken))
            : Concurrently.ForEachAsync(drafts, ItemsSideBySide, draft => _completer.CompleteAsync(type, draft, cancellationToken));
    }

    /// <summary>Writes a page of items that are whole as listed. One page at a time: threads that block each other only breed more threads.</summary>
    private async Task WriteAsync(ResourceEntry type, IEnumerable<ItemDraft> drafts, CancellationToken cancellationToken)
    {
        await _desk.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var draft in drafts)
            {
                await _completer.CompleteAsync(type, draft, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _desk.Release();
        }
    }

    /// <summary>The items, and what tells where the next page is.</summary>
    private static (IEnumerable<JsonElement> Items, JsonElement Position) PagesOf(ResourceEntry type, ListEntry list, AwsAnswer answer) =>
        !list.Single && !list.IsCredentialReport && LargePage.Read(answer.Json, list.Items) is { } page
            ? (type.Calls.Count == 0 ? page.Items() : page.LastingItems(), page.Rest)
            : (ItemsOf(list, answer.Root), answer.Root);

    /// <summary>Null where the error means that there is none.</summary>
    private async Task<AwsAnswer?> SendListAsync(ListEntry list, string region, JsonElement input, bool isDigestedAtOnce, CancellationToken cancellationToken)
    {
        try
        {
            return await _reading.Caller.SendAsync(list, region, input, isDigestedAtOnce, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException problem) when (ErrorMatch.Any(list.Absent, problem))
        {
            return null;
        }
    }

    private static IEnumerable<JsonElement> ItemsOf(ListEntry list, JsonElement answer)
    {
        if (list.IsCredentialReport)
        {
            return list.Items.Find(answer) is { ValueKind: JsonValueKind.String } content ? CredentialReport.Read(content.GetString()!) : [];
        }

        if (list.Single)
        {
            return list.Items.Find(answer) is { ValueKind: JsonValueKind.Object } one ? [one] : [];
        }

        return list.Items.FindAll(answer);
    }

    /// <summary>Gives a draft what it carries on of its parents.</summary>
    private static ItemDraft Carrying(ItemDraft draft, ListEntry list, IReadOnlyList<WalkParent> parents)
    {
        foreach (var name in parents.Count > 0 ? list.Walk!.Carry : [])
        {
            if (parents[0].Members.TryGetValue(name, out var value))
            {
                draft.Set(name, value);
            }
        }

        return draft;
    }

    private ItemDraft Draft(ResourceEntry type, string region, JsonElement item, WalkStep step)
    {
        var isScalar = type.List?.ItemField is not null;
        var draft = new ItemDraft(type, _reading.Plan.Account, region, isScalar ? ItemDraft.Nothing : item);
        if (isScalar)
        {
            draft.Set(type.List!.ItemField!, item);
        }

        if (step.Parents.Count == 1 && type.List!.Walk is { Batch: 1 } walk)
        {
            draft.Set(walk.Input, JsonSerializer.SerializeToElement(step.Parents[0].Id, HarvestJson.Default.String));
        }

        foreach (var column in type.List!.IsCredentialReport ? CredentialReport.Untold(item) : [])
        {
            var gap = _gaps.GapOf(type, draft.ShownRegion, type.List, column, ServiceGaps.Unreadable(new MalformedAnswerException("The line of the credential report does not fit its columns.")));
            draft.Add(gap);
            _reading.Writer.Add(gap);
        }

        Carrying(draft, type.List!, step.Parents);
        if (draft.Id is { } id)
        {
            var parent = WalkParent.Of(id, region, draft, _carried);
            step.Found?.Enqueue(parent);
            if (_parents.TryGetValue(type.Type, out var known))
            {
                known.Enqueue(parent);
            }
        }

        if (type.Type == OrganizationTypes.Organization && item.TryGetProperty("MasterAccountId", out var manager))
        {
            IsManagementAccount ??= manager.ValueEquals(_reading.Plan.Account.AccountId);
        }

        return draft;
    }
}
