using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Protocols;
using CloudPosture.Catalog;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Harvest;

/// <summary>Reads one service of one account: its Regions, types and items side by side, page by page into the lake.</summary>
internal sealed class ServiceHarvest
{
    private const string Global = "global";
    public const string OrganizationType = "AWS::Organizations::Organization";
    private const int ItemsSideBySide = 16;
    private const int MostPreparations = 60;
    private static readonly TimeSpan PreparationPause = TimeSpan.FromSeconds(2);
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private readonly HarvestContext _context;
    private readonly AccountPlan _plan;
    private readonly ServiceEntry _service;
    private readonly ServiceCaller _caller;
    private readonly ServiceWriter _writer;
    private readonly DateTimeOffset _startedAt;
    private readonly SemaphoreSlim _desk = new(1);

    /// <summary>The ids of those types that a walk starts from.</summary>
    private readonly ConcurrentDictionary<string, ConcurrentQueue<WalkParent>> _parents = new(StringComparer.Ordinal);

    /// <summary>The members of parents that any of their children carry on.</summary>
    private readonly HashSet<string> _carried;

    /// <summary>The ARNs of those items that several Regions list.</summary>
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>What went wrong with the list of a type.</summary>
    private readonly ConcurrentDictionary<(string Type, string Region), ReadGap> _brokenLists = new();

    /// <summary>Lists that another reading may bring, and what went wrong with them; the Region as gaps name it.</summary>
    private readonly ConcurrentDictionary<(string Type, string Region), ReadGap> _unread = new();

    /// <summary>Those of the lists that failed because the service has no host there.</summary>
    private readonly ConcurrentDictionary<(string Type, string Region), ReadGap> _homeless = new();

    private int _hasPassingGaps;

    public ServiceHarvest(AccountContext account, AccountPlan plan, ServiceEntry service, ServiceWriter writer, DateTimeOffset startedAt)
    {
        _context = account.Harvest;
        _plan = plan;
        _service = service;
        _caller = new ServiceCaller(account, service);
        _writer = writer;
        _startedAt = startedAt;
        IsManagementAccount = plan.Account.IsManagementAccount;
        var walks = service.Resources.Select(resource => resource.List?.Walk).OfType<WalkEntry>().ToList();
        _carried = new HashSet<string>(walks.SelectMany(walk => walk.Carry), StringComparer.Ordinal);
        foreach (var type in walks.SelectMany(walk => walk.From))
        {
            _parents.TryAdd(type, new ConcurrentQueue<WalkParent>());
        }
    }

    /// <summary>What the service told of the account's part in an organization.</summary>
    public bool? IsManagementAccount { get; private set; }

    /// <summary>What another reading may bring: lists, or their items, that were missed because AWS or the way to it failed.</summary>
    public IReadOnlyDictionary<(string Type, string Region), ReadGap> Unread => _unread;

    /// <summary>Lists that failed because the service has no host there; or because no name is resolved at the moment.</summary>
    public IReadOnlyDictionary<(string Type, string Region), ReadGap> Homeless => _homeless;

    /// <summary>Whether anything was missed that another reading may bring.</summary>
    public bool HasPassingGaps => Volatile.Read(ref _hasPassingGaps) != 0 || !_unread.IsEmpty;

    /// <summary>The calls sent so far.</summary>
    public IReadOnlyList<OperationStatistics> Statistics => _caller.Statistics;

    /// <summary>Reads all; what cannot be read becomes a gap.</summary>
    /// <exception cref="HarvestStoppedException">The account cannot go on.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        HarvestStoppedException? stopped = null;
        var chains = _plan.Account.Regions.Select(region => ChainAsync(region, isGlobal: false))
            .Append(ChainAsync(_plan.HomeRegion, isGlobal: true));
        try
        {
            await Task.WhenAll(chains).ConfigureAwait(false);
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

    private async Task ReadRegionAsync(string region, bool isGlobal, CancellationToken ct)
    {
        var types = _service.Resources.Where(resource => resource.IsGlobal == isGlobal).ToList();
        if (!isGlobal && _plan.DisabledRegions.Contains(region))
        {
            types.ForEach(type => AddListGap(type, region, DisabledRegion(type, region)));
            return;
        }

        // A walk needs the parents' ids, and what the management account alone may read needs the organization.
        var first = types.Where(type => !DependsOnOthers(type)).Select(type => ReadTypeAsync(type, region, ct));
        await Task.WhenAll(first).ConfigureAwait(false);
        foreach (var type in types.Where(DependsOnOthers))
        {
            await ReadTypeAsync(type, region, ct).ConfigureAwait(false);
        }
    }

    private static bool DependsOnOthers(ResourceEntry type) => type.ManagementAccountOnly || type.List?.Walk is not null;

    private async Task ReadTypeAsync(ResourceEntry type, string region, CancellationToken ct)
    {
        if (type.ManagementAccountOnly && IsManagementAccount != true)
        {
            if (IsManagementAccount is null)
            {
                AddUnknownManager(type, region);
            }

            return;
        }

        if (type.List is not { } list)
        {
            await CompleteAsync(type, new ItemDraft(type, _plan.Account, region, Nothing), ct).ConfigureAwait(false);
            return;
        }

        try
        {
            if (list.Prepare is { } preparation)
            {
                await PrepareAsync(preparation, region, ct).ConfigureAwait(false);
            }

            await ListAsync(type, list, region, ct).ConfigureAwait(false);
            if (type.Type == OrganizationType)
            {
                IsManagementAccount ??= false;
            }
        }
        catch (AwsServiceException problem)
        {
            var gap = GapOf(type, region, list, null, problem);
            AddListGap(type, region, gap);
            Judge(problem, (type.Type, type.IsGlobal ? Global : region), gap);
        }
        catch (Exception problem) when (problem is FormatException or JsonException or UnfitInputException)
        {
            AddListGap(type, region, GapOf(type, region, list, null, Unreadable(problem)));
        }
    }

    /// <summary>Tells that nobody knows whether the account may be asked; within its organization's own service, why.</summary>
    private void AddUnknownManager(ResourceEntry type, string region)
    {
        if (BrokenList(OrganizationType, region) is { } unknown)
        {
            AddListGap(type, region, unknown with { ResourceType = type.Type });
            FollowParent(OrganizationType, type, region);
        }
        else if (_service.Resources.All(other => other.Type != OrganizationType))
        {
            AddListGap(type, region, UnknownManager(type, region));
        }
    }

    private async Task PrepareAsync(OperationEntry preparation, string region, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await _caller.SendAsync(preparation, region, Nothing, isDigestedAtOnce: true, ct).ConfigureAwait(false);
            if (answer.Root.TryGetProperty("State", out var state) && state.ValueEquals("COMPLETE"))
            {
                return;
            }

            if (attempt == MostPreparations)
            {
                throw new AwsServiceException($"{preparation.Operation} was not complete after {MostPreparations} tries.") { Code = "NotComplete" };
            }

            await _context.Clock.DelayAsync(PreparationPause, ct).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(ResourceEntry type, ListEntry list, string region, CancellationToken ct)
    {
        if (list.Each is { } each)
        {
            foreach (var value in each.Values)
            {
                await ListPagesAsync(type, list, region, new ExtraInput(each.Input, [value]), [], null, ct).ConfigureAwait(false);
            }
        }
        else if (list.Walk is { } walk)
        {
            await WalkAsync(type, list, walk, region, ct).ConfigureAwait(false);
        }
        else
        {
            await ListPagesAsync(type, list, region, null, [], null, ct).ConfigureAwait(false);
        }
    }

    private async Task WalkAsync(ResourceEntry type, ListEntry list, WalkEntry walk, string region, CancellationToken ct)
    {
        if (walk.From.Select(from => BrokenList(from, region)).FirstOrDefault(gap => gap is not null) is { } broken)
        {
            AddListGap(type, region, broken with { ResourceType = type.Type });
            walk.From.ToList().ForEach(from => FollowParent(from, type, region));
        }

        var level = walk.From.SelectMany(from => _parents[from].Where(parent => IsNear(from, parent.Region, region))).ToList();
        while (level.Count > 0)
        {
            var found = new ConcurrentQueue<WalkParent>();
            await Concurrently.ForEachAsync(
                WalkParent.Batches(level, walk),
                ItemsSideBySide,
                parents => ListPagesAsync(type, list, region, new ExtraInput(walk.Input, [.. parents.Select(parent => parent.Id)], walk.Batch > 1), parents, found, ct)).ConfigureAwait(false);
            level = walk.Recurse ? [.. found] : [];
        }
    }

    /// <summary>Reads all pages of a list.</summary>
    /// <param name="type">What is listed.</param>
    /// <param name="list">The call.</param>
    /// <param name="region">The Region to ask.</param>
    /// <param name="extra">One more input member. Where it is a parent's id, it is added to the items.</param>
    /// <param name="parents">Of which the items are listed; none for a list that is no walk.</param>
    /// <param name="found">Where the items go as parents, for a walk.</param>
    /// <param name="ct">Cancels.</param>
    private async Task ListPagesAsync(ResourceEntry type, ListEntry list, string region, ExtraInput? extra, IReadOnlyList<WalkParent> parents, ConcurrentQueue<WalkParent>? found, CancellationToken ct)
    {
        var guard = new PageGuard(_caller.Model(list));
        JsonElement? input = list.Input.Fill(Carrying(new ItemDraft(type, _plan.Account, region, Nothing), list, parents), extra);
        while (input is { } page)
        {
            using var answer = await SendListAsync(list, region, page, isDigestedAtOnce: type.Calls.Count == 0, ct).ConfigureAwait(false);
            if (answer is null)
            {
                return;
            }

            var (items, position) = PagesOf(type, list, answer);
            var drafts = (guard.IsNew(answer) ? items : [])
                .Where(item => list.Where?.Admits(item) != false)
                .Select(item => Draft(type, region, item, parents, found))
                .Where(draft => !type.IsDistinct || draft.Arn is not { } arn || _seen.TryAdd(arn, true));
            await (type.Calls.Count == 0
                ? WriteAsync(type, drafts, ct)
                : Concurrently.ForEachAsync(drafts, ItemsSideBySide, draft => CompleteAsync(type, draft, ct))).ConfigureAwait(false);
            input = guard.Next(page, answer, position);
        }
    }

    /// <summary>Writes a page of items that are whole as listed. One page at a time: threads that block each other only breed more threads.</summary>
    private async Task WriteAsync(ResourceEntry type, IEnumerable<ItemDraft> drafts, CancellationToken ct)
    {
        await _desk.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            foreach (var draft in drafts)
            {
                await CompleteAsync(type, draft, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            _desk.Release();
        }
    }

    /// <summary>The items, and what tells where the next page is.</summary>
    private static (IEnumerable<JsonElement> Items, JsonElement Position) PagesOf(ResourceEntry type, ListEntry list, AwsAnswer answer) =>
        type.Calls.Count == 0 && !list.Single && !list.IsCredentialReport && LargePage.Read(answer.Json, list.Items) is { } page
            ? (page.Items(), page.Rest)
            : (ItemsOf(list, answer.Root), answer.Root);

    /// <summary>Null where the error means that there is none.</summary>
    private async Task<AwsAnswer?> SendListAsync(ListEntry list, string region, JsonElement input, bool isDigestedAtOnce, CancellationToken ct)
    {
        try
        {
            return await _caller.SendAsync(list, region, input, isDigestedAtOnce, ct).ConfigureAwait(false);
        }
        catch (AwsServiceException problem) when (Matches(list.Absent, problem))
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

    private ItemDraft Draft(ResourceEntry type, string region, JsonElement item, IReadOnlyList<WalkParent> parents, ConcurrentQueue<WalkParent>? found)
    {
        var isScalar = type.List?.ItemField is not null;
        var draft = new ItemDraft(type, _plan.Account, region, isScalar ? Nothing : item);
        if (isScalar)
        {
            draft.Set(type.List!.ItemField!, item);
        }

        if (parents.Count == 1 && type.List!.Walk is { Batch: 1 } walk)
        {
            draft.Set(walk.Input, JsonSerializer.SerializeToElement(parents[0].Id, HarvestJson.Default.String));
        }

        Carrying(draft, type.List!, parents);
        if (draft.Id is { } id)
        {
            var parent = WalkParent.Of(id, region, draft, _carried);
            found?.Enqueue(parent);
            if (_parents.TryGetValue(type.Type, out var known))
            {
                known.Enqueue(parent);
            }
        }

        if (type.Type == OrganizationType && item.TryGetProperty("MasterAccountId", out var manager))
        {
            IsManagementAccount ??= manager.ValueEquals(_plan.Account.AccountId);
        }

        return draft;
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

    private async Task CompleteAsync(ResourceEntry type, ItemDraft draft, CancellationToken ct)
    {
        using (draft)
        {
            if (type.IsTransient)
            {
                return;
            }

            foreach (var call in type.FirstCalls)
            {
                if (!Accept(draft, call, await AskAsync(type, call, draft, ct).ConfigureAwait(false)))
                {
                    return;
                }
            }

            var calls = type.OtherCalls;
            var outcomes = await Task.WhenAll(calls.Select(call => AskAsync(type, call, draft, ct))).ConfigureAwait(false);
            if (outcomes.Any(outcome => outcome.IsGone))
            {
                return;
            }

            for (var i = 0; i < calls.Count; i++)
            {
                Accept(draft, calls[i], outcomes[i]);
            }

            if (draft.ToResource(_context.Writer.Manifest.HarvestId, _startedAt, _service.IamPrefix) is { } resource)
            {
                _writer.Add(resource, draft.WriteConfiguration);
            }
            else
            {
                AddListGap(type, draft.Region, GapOf(type, draft.ShownRegion, type.List!, null, Unreadable(new FormatException("An item has neither id nor ARN."))));
            }
        }
    }

    /// <summary>Makes one completing call; the draft stays as it is, for other calls look at it meanwhile.</summary>
    private async Task<CallOutcome> AskAsync(ResourceEntry type, CallEntry call, ItemDraft draft, CancellationToken ct)
    {
        if (call.When is { } condition && draft.GapOf(condition.Field) is { } unknown)
        {
            return CallOutcome.Missing(unknown with { Field = call.Field });
        }

        if (call.When is { } when && (draft.Find(when.Field) is not { ValueKind: JsonValueKind.String } value || value.GetString() != when.Value.Render(draft)))
        {
            return CallOutcome.NotAsked;
        }

        try
        {
            return CallOutcome.Answered(await SelectAsync(call, draft, ct).ConfigureAwait(false));
        }
        catch (AwsServiceException problem)
        {
            return Matches(call.Gone, problem) && draft.IsOwn ? CallOutcome.Gone
                : Matches(call.Absent, problem) ? CallOutcome.Absent
                : CallOutcome.Missing(FieldGap(type, draft, call, problem));
        }
        catch (Exception problem) when (problem is FormatException or JsonException or UnfitInputException)
        {
            return CallOutcome.Missing(GapOf(type, draft.ShownRegion, call, call.Field, Unreadable(problem)));
        }
    }

    /// <summary>Adds what a call told.</summary>
    /// <returns>False where the resource has vanished since it was listed.</returns>
    private bool Accept(ItemDraft draft, CallEntry call, CallOutcome outcome)
    {
        if (outcome.Gap is { } gap)
        {
            draft.Add(gap);
            _writer.Add(gap);
        }
        else if (outcome.IsTold)
        {
            draft.Set(call.Field, outcome.Value, call);
        }

        return !outcome.IsGone;
    }

    /// <summary>The selected part of the answer; lists that come in pages are joined.</summary>
    private async Task<JsonElement?> SelectAsync(CallEntry call, ItemDraft draft, CancellationToken ct)
    {
        var guard = new PageGuard(_caller.Model(call));
        var region = draft.Region;
        var parts = new List<JsonElement>();
        JsonElement? input = call.Input.Fill(draft);
        while (input is { } page)
        {
            var answer = await _caller.SendAsync(call, region, page, isDigestedAtOnce: false, ct).ConfigureAwait(false);
            draft.Keep(answer);
            if (guard.IsNew(answer) && call.Select.Find(answer.Root) is { } part)
            {
                parts.Add(part);
            }

            input = guard.Next(page, answer);
        }

        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => Join(parts),
        };
    }

    private static JsonElement Join(IReadOnlyList<JsonElement> lists)
    {
        using var buffer = new ByteBuffer();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var element in lists.Where(list => list.ValueKind == JsonValueKind.Array).SelectMany(list => list.EnumerateArray()))
            {
                element.WriteTo(json);
            }

            json.WriteEndArray();
        }

        return buffer.ToJson();
    }

    private static bool Matches(IReadOnlyList<ErrorMatch> errors, AwsServiceException problem) =>
        errors.Any(error => error.Matches(problem.Code, problem.ServiceMessage));

    private static AwsServiceException Unreadable(Exception problem) =>
        new(problem.Message, problem) { Kind = AwsErrorKind.Malformed, Code = "MalformedAnswer" };

    private void AddListGap(ResourceEntry type, string region, ReadGap gap)
    {
        _brokenLists.TryAdd((type.Type, region), gap);
        _writer.Add(gap with { Region = type.IsGlobal ? Global : region });
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
        }
    }

    /// <summary>Why a type could not be listed where children in a Region hang on it; null where it was.</summary>
    private ReadGap? BrokenList(string type, string region) =>
        _brokenLists.Where(list => list.Key.Type == type && IsNear(type, list.Key.Region, region)).Select(list => list.Value).FirstOrDefault();

    /// <summary>Whether parents of one Region have children in another: those that belong to no Region do.</summary>
    private bool IsNear(string parentType, string parentRegion, string region) =>
        parentRegion == region || _service.Resources.FirstOrDefault(entry => entry.Type == parentType)?.IsGlobal != false;

    /// <summary>What another reading of the parents may bring, it may bring of what hangs on them.</summary>
    private void FollowParent(string parent, ResourceEntry type, string region)
    {
        var place = type.IsGlobal ? Global : region;
        if (_unread.FirstOrDefault(list => list.Key.Type == parent && (list.Key.Region == Global || list.Key.Region == region)).Value is { } gap)
        {
            _unread.TryAdd((type.Type, place), gap with { ResourceType = type.Type, Region = place });
        }
    }

    /// <summary>What a call that was to complete an item could not tell. Where the Region stopped answering, the list counts as unread: most of its items will be hollow.</summary>
    private ReadGap FieldGap(ResourceEntry type, ItemDraft draft, CallEntry call, AwsServiceException problem)
    {
        var gap = GapOf(type, draft.ShownRegion, call, call.Field, problem);
        if (GapReasons.MayPass(problem))
        {
            Volatile.Write(ref _hasPassingGaps, 1);
            var list = gap with { Field = null };
            if (_caller.IsCut(draft.Region) && _unread.TryAdd((type.Type, draft.ShownRegion), list))
            {
                _writer.Add(list);
            }
        }

        return gap;
    }

    private ReadGap UnknownManager(ResourceEntry type, string region) => NotAsked(type, region, GapReason.Failed, "ManagementAccountUnknown",
        $"It is not known whether account {_plan.Account.AccountId} manages its organization, and the management account alone may ask this. Read the service organizations too.");

    private ReadGap DisabledRegion(ResourceEntry type, string region) => NotAsked(type, region, GapReason.RegionDisabled, "RegionNotEnabled",
        $"The Region {region} is not enabled in account {_plan.Account.AccountId}. Leave it out of the Regions, or enable it.");

    /// <summary>What is said of a type for which no call was sent.</summary>
    private ReadGap NotAsked(ResourceEntry type, string region, GapReason reason, string code, string message) => new()
    {
        Service = _service.Name,
        ResourceType = type.Type,
        Region = region,
        Operation = type.Operations.First().Operation,
        Reason = reason,
        Code = code,
        Message = message,
    };

    private ReadGap GapOf(ResourceEntry type, string region, OperationEntry call, string? field, AwsServiceException problem) => new()
    {
        Service = _service.Name,
        ResourceType = type.Type,
        Field = field,
        Region = type.IsGlobal && field is null ? Global : region,
        Operation = call.Operation,
        Action = _service.ActionOf(call),
        Reason = GapReasons.Of(problem),
        Code = problem.Code.Length > 0 ? problem.Code : problem.Kind.ToString(),
        Message = problem.ServiceMessage.Length > 0 ? problem.ServiceMessage : problem.Message,
    };
}
