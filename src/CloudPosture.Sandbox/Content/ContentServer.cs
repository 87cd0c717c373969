using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;
using CloudPosture.Content.Catalog;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.Content;

/// <summary>
/// Answers the catalog's list, get and describe operations from the content alone: a list holds the records of its types, a call
/// that completes a record finds it by the input that the catalog would send, and answers the member that the catalog takes.
/// </summary>
internal sealed class ContentServer(ContentTypes types)
{
    private readonly RecordStore _records = new();

    /// <summary>Answers a call; null where the content knows nothing of the operation.</summary>
    public Answer? Answer(CallContext call)
    {
        var operation = call.Operation;
        var known = types.Of(operation);
        if (known.Count == 0)
        {
            return OfBase(call) ?? (types.Lists(operation) ? (Answer)Nothing(operation) : null);
        }

        var request = JsonSerializer.SerializeToElement(call.Input);
        foreach (var type in known)
        {
            // What a walk lists of a thing are resources of their own, whose records say more.
            foreach (var completing in type.Entry.Calls.Where(each => each.Operation == operation.Name && !known.Any(other => IsWalkedFrom(type, other, operation))))
            {
                if (completing.Batch is { } batch && Batched(type, completing, batch, CellOf(type, call), request) is { Count: > 1 } several)
                {
                    return AnswerShape.At(batch.List.Text, new JsonArray([.. several]));
                }

                if (Find(type, completing, CellOf(type, call), request) is { } record)
                {
                    return Completed(completing, record, operation);
                }
            }
        }

        var admitted = known.Where(type => type.Entry.List?.Operation == operation.Name && Admits(type, CellOf(type, call), request)).ToList();
        var meant = admitted.Select(type => Told(type.Entry.List!)).DefaultIfEmpty().Max();
        var lists = admitted.Where(type => Told(type.Entry.List!) == meant).ToList();
        if (lists.Count > 0)
        {
            return new Answer { Lists = [.. lists.SelectMany(type => Listed(type, call, operation))], Body = Body(lists, call, operation) };
        }

        var ofEmpty = known.SelectMany(type => type.IsSingle && type.Resources.Count(CellOf(type, call)) == 0 ? type.Entry.Calls : []);
        if (ofEmpty.FirstOrDefault(each => each.Operation == operation.Name && each.Absent.Count > 0) is { } absent)
        {
            throw Absent(absent);
        }

        if (types.Lists(operation) && OfBase(call) is { } based)
        {
            return based;
        }

        // Lists of what a place holds are empty there; only a thing that is asked for by name is missing.
        if (types.Lists(operation) || operation.Name.StartsWith("List", StringComparison.Ordinal) || known.Any(type => type.Entry.List?.Single == true))
        {
            return Nothing(operation);
        }

        throw Missing(known.SelectMany(type => type.Entry.Calls).First(each => each.Operation == operation.Name));
    }

    /// <summary>What a type's base says, for a type whose records code makes without that part.</summary>
    private Answer? OfBase(CallContext call)
    {
        foreach (var (entry, completing, record) in types.Completing(call.Operation))
        {
            return Completed(completing, ContentType.Fill(entry.IsGlobal ? call.Global : call.Cell, 0, record), call.Operation);
        }

        return null;
    }

    private static bool IsWalkedFrom(ContentType parent, ContentType child, OperationModel operation) =>
        child.Entry.List is { Walk: { } walk } list && list.Operation == operation.Name && walk.From.Contains(parent.Entry.Type);

    /// <summary>What several Regions list is the same in each.</summary>
    private static Cell CellOf(ContentType type, CallContext call) => type.Entry.IsGlobal || type.Entry.IsDistinct ? call.Global : call.Cell;

    /// <summary>Whether a request carries what the entry sends of itself, so that it means this entry's items.</summary>
    private static bool Admits(ContentType type, Cell cell, JsonElement request) => type.Scope(cell, [])
        .Input(type.Entry.List!).EnumerateObject()
        .All(sent =>
        sent.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Null || (request.TryGetProperty(sent.Name, out var value) && IsSame(value, sent.Value)));

    // A flag may come as text, and as true.
    private static bool IsSame(JsonElement value, JsonElement wanted) =>
        JsonElement.DeepEquals(value, wanted) || string.Equals(value.ToString(), wanted.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>How many members tell the entry from others of its operation.</summary>
    private static int Told(ListEntry list) => list.Constants().Count(constant => constant.Value.ValueKind != JsonValueKind.Number);

    private JsonObject? Find(ContentType type, CallEntry completing, Cell cell, JsonElement request)
    {
        if (completing.Input.Paths.Any())
        {
            return _records.Of(type, cell).FirstOrDefault(record => IsAsked(record.Input(completing), request, type.Entry.List?.Walk?.Input))?.Json;
        }

        return type.IsSingle && IsAsked(completing.Input.Fill(type.Scope(cell, [])), request) ? _records.Of(type, cell).FirstOrDefault()?.Json : null;
    }

    /// <summary>What each of the records says whose id is among those asked for.</summary>
    private List<JsonNode> Batched(ContentType type, CallEntry completing, BatchEntry batch, Cell cell, JsonElement request) =>
        [.. _records.Of(type, cell)
            .Where(record => IsAmong(record.Input(completing), request) && record.Json[completing.Field] is not null)
            .Select(record => Element(completing, batch, record.Json, completing.Input.ListOfIds!.Render(record.Scope)))];

    private static JsonNode Element(CallEntry completing, BatchEntry batch, JsonObject record, string? id)
    {
        var value = Encoded(record[completing.Field]!.DeepClone(), completing.DecodeFields);
        var element = batch.Rest.IsRoot ? value.AsObject() : AnswerShape.At(batch.Rest.Text, value);
        element[batch.By.Text] = id;
        return element;
    }

    private static bool IsAmong(JsonElement sent, JsonElement request) => sent.EnumerateObject().All(member => request.TryGetProperty(member.Name, out var asked)
        && (JsonElement.DeepEquals(asked, member.Value)
            || (member.Value.ValueKind == JsonValueKind.Array && asked.ValueKind == JsonValueKind.Array
                && member.Value.EnumerateArray().All(one => asked.EnumerateArray().Any(other => JsonElement.DeepEquals(one, other))))));

    /// <summary>Whether a request is the one that the catalog would send. A record need not know what it hangs on.</summary>
    private static bool IsAsked(JsonElement sent, JsonElement request, string? parent = null) => sent.EnumerateObject().All(member =>
        request.TryGetProperty(member.Name, out var asked)
        && (JsonElement.DeepEquals(asked, member.Value) || member.Value.ValueKind == JsonValueKind.Number || (member.Value.ValueKind == JsonValueKind.Null && member.Name == parent)));

    private static Answer Completed(CallEntry completing, JsonObject record, OperationModel operation)
    {
        if (record[completing.Field] is not { } value)
        {
            return completing.Absent.Count > 0 ? throw Absent(completing) : Promised(Nothing(operation), completing, operation);
        }

        var sent = completing.DecodeJson ? JsonValue.Create(value.ToJsonString()) : Encoded(value.DeepClone(), completing.DecodeFields);
        return Promised(
            !completing.Select.IsRoot ? AnswerShape.At(completing.Select.Text, sent) : sent is JsonObject whole ? AnswerShape.Keep(whole, operation.Output) : [],
            completing,
            operation);
    }

    /// <summary>An answer with what each answer of the call holds, whatever there is to tell.</summary>
    private static JsonObject Promised(JsonObject answer, CallEntry completing, OperationModel operation)
    {
        var selected = completing.Optional || completing.Select.IsRoot || completing.Select.Text.Contains('[') ? null : completing.Select.Text;
        foreach (var path in new[] { completing.Holds?.Text, selected }.OfType<string>())
        {
            AnswerShape.Promise(answer, path.Split('.'), operation.Output);
        }

        return answer;
    }

    /// <summary>Who has nothing sends empty lists.</summary>
    private static JsonObject Nothing(OperationModel operation) =>
        new(operation.Output.Members.Where(member => member.Shape.Kind == ShapeKind.List).Select(member => KeyValuePair.Create<string, JsonNode?>(member.Name, new JsonArray())));

    private static AwsError Absent(CallEntry completing)
    {
        var error = completing.Absent[0];
        return new AwsError(error.Code, error.Fragment ?? $"There is no {completing.Field}.", 404);
    }

    private static AwsError Missing(CallEntry completing) =>
        completing.Gone.FirstOrDefault() is { } gone ? new AwsError(gone.Code, gone.Fragment ?? "It does not exist.", 404) : new AwsError("ResourceNotFoundException", "It does not exist.", 404);

    private static JsonNode Encoded(JsonNode value, IReadOnlyList<string> members)
    {
        if (members.Count > 0)
        {
            AnswerShape.Encode(value, members);
        }

        return value;
    }

    private IEnumerable<(string Path, IReadOnlyList<JsonNode> Items)> Listed(ContentType type, CallContext call, OperationModel operation)
    {
        var list = type.Entry.List!;
        if (list.Single || list.Items.IsRoot)
        {
            yield break;
        }

        var path = list.Items.Text.Split("[]");
        var element = AnswerShape.Follow(operation.Output, list.Items.Text);
        var items = Items(type, call).Select(record => Item(type, record.Json, element, path)).ToList();
        yield return (path[0], items);
    }

    private IEnumerable<KnownRecord> Items(ContentType type, CallContext call)
    {
        var list = type.Entry.List!;
        var cell = CellOf(type, call);
        if (list.Each is { } each && call.Text(each.Input) is { } asked && asked != each.Values[0])
        {
            return [];
        }

        var records = _records.Of(type, cell);
        return list.Walk is { } walk ? ChildrenOf(type, walk, call, records) : records;
    }

    /// <summary>The records that name the parent asked for; where none name one, each parent has the record of its own number.</summary>
    private IEnumerable<KnownRecord> ChildrenOf(ContentType type, WalkEntry walk, CallContext call, IReadOnlyList<KnownRecord> records)
    {
        if (walk.Batch > 1)
        {
            // A batch asks for things by their ids.
            var ids = call.Input[walk.Input]?.AsArray().Select(id => (string?)id).ToHashSet() ?? [];
            return records.Where(record => ids.Contains(type.IdOf(record.Scope)));
        }

        var asked = call.Text(walk.Input) ?? "";
        var named = records.Where(record => record.Json.Any(member => member.Value is JsonValue value && value.TryGetValue<string>(out var text) && text == asked)).ToList();
        if (named.Count > 0)
        {
            return named;
        }

        // A harvest walks within one service; another may list the same things by other ids.
        var parents = walk.From.SelectMany(types.Named)
            .Where(parent => parent.Service == type.Service)
            .SelectMany(parent => _records.Of(parent, CellOf(parent, call)).Select(record => parent.IdOf(record.Scope))).ToList();
        if (parents.Count == 0 && type.Entry is { IsTransient: true } or { Finding: not null })
        {
            // Code of the sandbox makes the parents.
            return records;
        }

        var place = parents.IndexOf(asked);
        return place < 0 || type.Entry.Id.Paths.Any(path => path.Text == walk.Input) ? [] : records.Where((_, index) => index % parents.Count == place);
    }

    private static JsonNode Item(ContentType type, JsonObject record, Shape? element, string[] path)
    {
        if (type.Entry.List!.ItemField is { } field)
        {
            return record[field]!.DeepClone();
        }

        var item = element is null ? record.DeepClone() : AnswerShape.Keep(record, element);
        AnswerShape.Encode(item, type.Entry.DecodeFields);
        JsonNode wrapped = item;
        for (var level = path.Length - 2; level > 0; level--)
        {
            wrapped = AnswerShape.At(path[level].TrimStart('.'), new JsonArray(wrapped));
        }

        return wrapped;
    }

    private JsonObject Body(IReadOnlyList<ContentType> lists, CallContext call, OperationModel operation)
    {
        var body = new JsonObject();
        foreach (var type in lists.Where(type => type.Entry.List!.Single || type.Entry.List.Items.IsRoot))
        {
            var record = Items(type, call).FirstOrDefault()?.Json;
            if (record is not { Count: > 0 } && type.Entry.List!.Absent.FirstOrDefault() is { } error)
            {
                throw new AwsError(error.Code, error.Fragment ?? "There is none.", 404);
            }

            if (record is null)
            {
                continue;
            }

            var path = type.Entry.List!.Items;
            var item = AnswerShape.Keep(record, AnswerShape.Follow(operation.Output, path.Text) ?? operation.Output);
            AnswerShape.Encode(item, type.Entry.DecodeFields);
            foreach (var member in (path.IsRoot ? item : AnswerShape.At(path.Text, item)).ToList())
            {
                body[member.Key] = member.Value?.DeepClone();
            }
        }

        return body;
    }
}
