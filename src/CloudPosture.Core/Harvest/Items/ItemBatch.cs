using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Harvest.Items;

/// <summary>Items of one page that are completed together: what takes a list of ids is asked once for all of them, when the first needs it.</summary>
internal sealed class ItemBatch : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<CallEntry, Task<IReadOnlyDictionary<string, JsonElement>>> _asked = [];
    private readonly List<AwsAnswer> _answers = [];
    private readonly Dictionary<CallEntry, IReadOnlyList<ItemDraft>> _meant;

    private ItemBatch(ResourceEntry type, IReadOnlyList<ItemDraft> drafts)
    {
        Drafts = drafts;
        _meant = type.Calls.Where(call => call.Batch is not null).ToDictionary(call => call, call => (IReadOnlyList<ItemDraft>)[.. drafts.Where(draft => draft.IsMeant(call))]);
    }

    public IReadOnlyList<ItemDraft> Drafts { get; }

    /// <summary>The items that one call completes together.</summary>
    public IReadOnlyList<ItemDraft> MeantBy(CallEntry call) => _meant[call];

    /// <summary>The elements of the answer by the id that each repeats.</summary>
    public Task<IReadOnlyDictionary<string, JsonElement>> AskOnce(CallEntry call, Func<Task<IReadOnlyDictionary<string, JsonElement>>> ask)
    {
        lock (_gate)
        {
            if (!_asked.TryGetValue(call, out var asked))
            {
                _asked.Add(call, asked = ask());
            }

            return asked;
        }
    }

    /// <summary>Keeps an answer's memory until all items are written.</summary>
    public void Keep(AwsAnswer answer)
    {
        lock (_gate)
        {
            _answers.Add(answer);
        }
    }

    public void Dispose()
    {
        foreach (var answer in _answers)
        {
            answer.Dispose();
        }
    }

    /// <summary>The items of a page in batches, made as they are asked for.</summary>
    public static IEnumerable<ItemBatch> Of(ResourceEntry type, IEnumerable<ItemDraft> drafts)
    {
        var size = type.BatchSize;
        var batch = new List<ItemDraft>();
        foreach (var draft in drafts)
        {
            batch.Add(draft);
            if (batch.Count == size)
            {
                yield return new ItemBatch(type, batch);
                batch = [];
            }
        }

        if (batch.Count > 0)
        {
            yield return new ItemBatch(type, batch);
        }
    }
}
