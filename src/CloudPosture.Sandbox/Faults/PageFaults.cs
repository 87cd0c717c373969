using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.State;

namespace CloudPosture.Sandbox.Faults;

/// <summary>Spoils paging.</summary>
internal static class PageFaults
{
    public static void Apply(Fault? fault, OperationModel operation, JsonObject input, JsonObject output)
    {
        if (operation.Pagination is not { } paging || fault?.Kind is not (FaultKind.RepeatedPageToken or FaultKind.EndlessPages))
        {
            return;
        }

        // A repeated token asks for the same page again; an endless one is new each time, for a page that was already given.
        var token = fault.Kind == FaultKind.RepeatedPageToken
            ? input[paging.InputTokens[0]]?.DeepClone() ?? Pager.Token(0)
            : Pager.Token(0, System.Guid.NewGuid().ToString("N"));
        Pager.Set(output, paging.OutputTokens[0].Split(' ')[0], token);
        if (paging.MoreResults is { } more)
        {
            Pager.Set(output, more, true);
        }
    }
}
