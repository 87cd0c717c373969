using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Protocols;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Items;
using CloudPosture.Harvest.Services;
using CloudPosture.Json;

namespace CloudPosture.Harvest.Events;

/// <summary>Reads an account's events, name by name, and writes what the principals did when all Regions were asked.</summary>
internal sealed class EventReader(ServiceReading reading, EventLookup lookup, string? caller, ItemCompleter completer)
{
    private readonly EventHistory _history = new(caller);

    /// <summary>Asks a Region.</summary>
    /// <exception cref="AwsServiceException">AWS refused, to the last attempt; what came before is kept.</exception>
    /// <exception cref="HarvestStoppedException">The account cannot go on.</exception>
    public async Task ReadAsync(ResourceEntry type, string region, CancellationToken cancellationToken)
    {
        foreach (var name in lookup.Names)
        {
            await ReadAsync(type, name, region, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a record a principal.</summary>
    public async Task WriteAsync(ResourceEntry type, CancellationToken cancellationToken)
    {
        foreach (var record in _history.Records(reading.StartedAt - lookup.Window, reading.StartedAt))
        {
            await completer.CompleteAsync(type, new ItemDraft(type, reading.Plan.Account, reading.Plan.HomeRegion, record), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(ResourceEntry type, string name, string region, CancellationToken cancellationToken)
    {
        var list = type.List!;
        var guard = new PageGuard(reading.Caller.Model(list));
        JsonElement? input = list.Input.Fill(new ItemDraft(type, reading.Plan.Account, region, Question(name)));
        while (input is { } page)
        {
            using var answer = await reading.Caller.SendAsync(list, region, page, isDigestedAtOnce: true, cancellationToken).ConfigureAwait(false);
            foreach (var found in guard.IsNew(answer) ? list.Items.FindAll(answer.Root) : [])
            {
                _history.Take(name, found);
            }

            input = guard.Next(page, answer);
        }
    }

    /// <summary>What the input's holes are filled from.</summary>
    private JsonElement Question(string name)
    {
        using var buffer = new ByteBuffer();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("EventName", name);
            json.WriteString("Since", Timestamps.Format(reading.StartedAt - lookup.Window, Timestamps.Iso));
            json.WriteString("Until", Timestamps.Format(reading.StartedAt, Timestamps.Iso));
            json.WriteEndObject();
        }

        return buffer.ToJson();
    }
}
