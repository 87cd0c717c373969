using System;
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
using CloudPosture.Json;

namespace CloudPosture.Harvest.Items;

/// <summary>Completes items that were listed by the calls that their type names, and writes them.</summary>
internal sealed class ItemCompleter(ServiceReading reading, ServiceGaps gaps)
{
    /// <summary>Completes the items of a batch side by side; what takes several ids is asked once for all.</summary>
    public async Task CompleteAsync(ResourceEntry type, ItemBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            await Task.WhenAll(batch.Drafts.Select(draft => CompleteAsync(type, draft, batch, cancellationToken))).ConfigureAwait(false);
        }
    }

    public Task CompleteAsync(ResourceEntry type, ItemDraft draft, CancellationToken cancellationToken) => CompleteAsync(type, draft, null, cancellationToken);

    private async Task CompleteAsync(ResourceEntry type, ItemDraft draft, ItemBatch? batch, CancellationToken cancellationToken)
    {
        using (draft)
        {
            if (type.IsTransient)
            {
                return;
            }

            foreach (var call in type.FirstCalls)
            {
                if (!Accept(draft, call, await AskAsync(type, call, draft, batch, cancellationToken).ConfigureAwait(false)))
                {
                    return;
                }
            }

            var calls = type.OtherCalls;
            var outcomes = await Task.WhenAll(calls.Select(call => AskAsync(type, call, draft, batch, cancellationToken))).ConfigureAwait(false);
            if (outcomes.Any(outcome => outcome.IsGone))
            {
                return;
            }

            for (var i = 0; i < calls.Count; i++)
            {
                Accept(draft, calls[i], outcomes[i]);
            }

            if (draft.ToResource(reading.Context.Writer.Manifest.HarvestId, reading.StartedAt, reading.Service.IamPrefix) is { } resource)
            {
                reading.Writer.Add(resource, draft.WriteConfiguration);
            }
            else
            {
                gaps.AddListGap(type, draft.Region, gaps.GapOf(type, draft.ShownRegion, type.List!, null, ServiceGaps.Unreadable(new MalformedAnswerException("An item has neither id nor ARN."))));
            }
        }
    }

    /// <summary>Makes one completing call; the draft stays as it is, for other calls look at it meanwhile.</summary>
    private async Task<CallOutcome> AskAsync(ResourceEntry type, CallEntry call, ItemDraft draft, ItemBatch? batch, CancellationToken cancellationToken)
    {
        if (call.When is { } condition && draft.GapOf(condition.Field) is { } unknown)
        {
            return CallOutcome.Missing(unknown with { Field = call.Field });
        }

        if (!draft.IsMeant(call))
        {
            return CallOutcome.NotAsked;
        }

        try
        {
            return CallOutcome.Answered(await SelectAsync(call, draft, batch, cancellationToken).ConfigureAwait(false));
        }
        catch (AwsServiceException problem)
        {
            // What a call itself names comes before what its type says: a policy that is not found is no function that is gone.
            return ErrorMatch.Any(call.Absent, problem) ? CallOutcome.Absent
                : ErrorMatch.Any(call.Gone, problem) && draft.IsOwn ? CallOutcome.Gone
                : CallOutcome.Missing(gaps.FieldGap(type, draft, call, problem));
        }
        catch (Exception problem) when (problem is MalformedAnswerException or JsonException or UnfitInputException)
        {
            return CallOutcome.Missing(gaps.GapOf(type, draft.ShownRegion, call, call.Field, ServiceGaps.Unreadable(problem)));
        }
    }

    /// <summary>Adds what a call told.</summary>
    /// <returns>False where the resource has vanished since it was listed.</returns>
    private bool Accept(ItemDraft draft, CallEntry call, CallOutcome outcome)
    {
        if (outcome.Gap is { } gap)
        {
            draft.Add(gap);
            reading.Writer.Add(gap);
        }
        else if (outcome.IsTold)
        {
            draft.Set(call.Field, outcome.Value, call);
        }

        return !outcome.IsGone;
    }

    /// <summary>The selected part of the answer, of one for many items where the call can be made so.</summary>
    private async Task<JsonElement?> SelectAsync(CallEntry call, ItemDraft draft, ItemBatch? batch, CancellationToken cancellationToken)
    {
        if (call.Batch is { } many && batch?.MeantBy(call) is { Count: > 1 } companions)
        {
            try
            {
                var elements = await batch.AskOnce(call, () => AskForAllAsync(call, many, companions, batch, cancellationToken)).ConfigureAwait(false);
                if (elements.TryGetValue(call.Input.ListOfIds!.Render(draft) ?? "", out var own))
                {
                    return many.Rest.Find(own);
                }

                // What is not among the answers is asked for by itself, which tells whether it is gone or was left out.
            }
            catch (AwsServiceException problem) when (problem.Kind is AwsErrorKind.Other or AwsErrorKind.NotFound)
            {
                // One id that AWS takes amiss must not spoil those beside it: each is asked for by itself.
            }
        }

        return await SelectAsync(call, draft, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyDictionary<string, JsonElement>> AskForAllAsync(CallEntry call, BatchEntry many, IReadOnlyList<ItemDraft> drafts, ItemBatch batch, CancellationToken cancellationToken)
    {
        var elements = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var list in await PartsAsync(call, many.List, drafts[0], call.Input.Fill(drafts), batch.Keep, cancellationToken).ConfigureAwait(false))
        {
            foreach (var element in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default)
            {
                if (many.By.Find(element) is { ValueKind: JsonValueKind.String } id)
                {
                    elements[id.GetString()!] = element;
                }
            }
        }

        return elements;
    }

    /// <summary>The selected part of each page of an answer.</summary>
    private async Task<List<JsonElement>> PartsAsync(CallEntry call, JsonPath select, ItemDraft draft, JsonElement first, Action<AwsAnswer> keep, CancellationToken cancellationToken)
    {
        var guard = new PageGuard(reading.Caller.Model(call));
        var polling = new Polling(reading.Caller, call, draft.Region);
        var parts = new List<JsonElement>();
        JsonElement? input = first;
        while (input is { } page)
        {
            var answer = await polling.FinishedAsync(page, root => IsPending(call, draft, root), isDigestedAtOnce: false, cancellationToken).ConfigureAwait(false);
            keep(answer);
            if (guard.IsNew(answer) && select.Find(answer.Root) is { } part)
            {
                parts.Add(part);
            }

            input = guard.Next(page, answer);
        }

        return parts;
    }

    private static bool IsPending(CallEntry call, ItemDraft draft, JsonElement answer) =>
        call.While is { } pending && pending.Field.Find(answer) is { ValueKind: JsonValueKind.String } state && state.ValueEquals(pending.Value.Render(draft));

    /// <summary>The selected part of the answer for one item; lists that come in pages are joined.</summary>
    private async Task<JsonElement?> SelectAsync(CallEntry call, ItemDraft draft, CancellationToken cancellationToken)
    {
        var parts = await PartsAsync(call, call.Select, draft, call.Input.Fill(draft), draft.Keep, cancellationToken).ConfigureAwait(false);
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
}
