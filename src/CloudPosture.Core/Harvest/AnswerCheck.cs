using System.Text.Json;
using CloudPosture.Aws;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Harvest;

/// <summary>Looks whether an answer holds what the catalog asks for, where its model alone cannot tell: nearly all members are optional there.</summary>
internal static class AnswerCheck
{
    /// <summary>What is wrong with an answer, in words that go on from the operation's name; null where nothing is.</summary>
    public static string? Fault(OperationEntry call, AwsAnswer answer) => call switch
    {
        ListEntry list when answer.Json.Length < LargePage.Large && !Holds(list, answer.Root) => $"answered without {(list.Items.IsRoot ? "any member" : list.Items.FirstMember)}",
        CallEntry { First: true, Select.IsRoot: false } first when first.Select.Find(answer.Root) is null => $"answered without {first.Select.FirstMember}, on which other calls depend",

        // A text that is a whole body has no form that decoding could miss: the page of a proxy would pass for a bucket's policy.
        CallEntry { DecodeJson: true } decoded when decoded.Select.Find(answer.Root) is { ValueKind: JsonValueKind.String } text && !JsonRewriter.IsJson(text) => "answered with a text that is no JSON",
        _ => null,
    };

    /// <summary>A list may be left out by who has none, as SQS does, and then nothing is left; who is asked for one thing has it or refuses.</summary>
    private static bool Holds(ListEntry list, JsonElement answer)
    {
        var isEmpty = !answer.EnumerateObject().MoveNext();
        return list.Items.IsRoot ? !isEmpty
            : answer.TryGetProperty(list.Items.FirstMember, out _) || (isEmpty && !list.Single && !list.IsCredentialReport);
    }
}
