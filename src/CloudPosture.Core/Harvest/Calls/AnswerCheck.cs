using System.Linq;
using System.Text.Json;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Items;
using CloudPosture.Json;

namespace CloudPosture.Harvest.Calls;

/// <summary>Looks whether an answer holds what the catalog asks for, where its model alone cannot tell: nearly all members are optional there.</summary>
internal static class AnswerCheck
{
    private const string TagField = "Tags";

    /// <summary>What is wrong with an answer, in words that go on from the operation's name; null where nothing is.</summary>
    public static string? Fault(OperationEntry call, OperationModel model, AwsAnswer answer) => call switch
    {
        ListEntry list when answer.Json.Length < LargePage.Large && Missing(list, answer.Root) is { } items => $"answered without {(items.IsRoot ? "any member" : items.FirstMember)}",
        CallEntry { First: true, Select.IsRoot: false } first when first.Select.Find(answer.Root) is null => $"answered without {first.Select.FirstMember}, on which other calls depend",
        CallEntry one when Lacking(one, model, answer.Root) is { } member => $"answered without {member}",

        // A text that is a whole body has no form that decoding could miss: the page of a proxy would pass for a bucket's policy.
        CallEntry { DecodeJson: true } decoded when decoded.Select.Find(answer.Root) is { ValueKind: JsonValueKind.String } text && !JsonRewriter.IsJson(text, mayBeEmpty: model.Output.Payload is null) => "answered with a text that is no JSON, or says nothing",
        _ => null,
    };

    /// <summary>Who has nothing still sends an empty list, but for those of whom the catalog says that they leave it out.</summary>
    private static bool Holds(ListEntry list, JsonPath items, JsonElement answer) =>
        items.IsRoot ? !IsHollow(answer)
        : IsThere(answer, items.FirstMember) || (list.Optional && IsHollow(answer));

    private static JsonPath? Missing(ListEntry list, JsonElement answer) =>
        list.Others.Prepend(list.Items).FirstOrDefault(items => !Holds(list, items, answer));

    /// <summary>The member that an answer about one item lacks; null where it lacks none.</summary>
    private static string? Lacking(CallEntry call, OperationModel model, JsonElement answer)
    {
        if (call.Holds is { } promised && !promised.TryFind(answer, out _))
        {
            return promised.Text;
        }

        // Documents of S3 say "nothing" by being empty.
        if (call.Optional || model.Service.Protocol == AwsProtocol.RestXml)
        {
            return null;
        }

        return !call.Select.IsRoot ? LackingOfOne(call, model, answer)
            : IsHollow(answer) ? "any member"
            : null;
    }

    private static string? LackingOfOne(CallEntry call, OperationModel model, JsonElement answer)
    {
        var name = call.Select.FirstMember;
        if (model.Output.Member(name) is not { } member)
        {
            return null;
        }

        return !IsThere(answer, name) ? MayBeLeftOut(call, member) ? null : name
            : SaysNothing(call, model, member, answer.GetProperty(name)) ? $"anything in {name}"
            : null;
    }

    // Of tags alone several services send nothing where there are none.
    private static bool MayBeLeftOut(CallEntry call, ShapeMember member) => call.Field == TagField && member.Shape.Kind is ShapeKind.List or ShapeKind.Map;

    /// <summary>Whether the answer about one thing holds nothing of it. Empty elements are how XML writes what is not set.</summary>
    private static bool SaysNothing(CallEntry call, OperationModel model, ShapeMember member, JsonElement value) =>
        model.Service.Protocol is AwsProtocol.Json or AwsProtocol.RestJson
        && member.Shape.Kind switch
        {
            ShapeKind.Structure => member.Shape.HasBody && IsHollow(value),
            ShapeKind.List => member.Shape.Element!.Shape.Kind == ShapeKind.Structure && call.Select.Text == $"{member.Name}[0]" && value.GetArrayLength() == 0,
            _ => false,
        };

    private static bool IsThere(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static bool IsHollow(JsonElement value) => value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().MoveNext();
}
