using System;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>Cuts an answer's lists into the page that was asked for.</summary>
internal static class Pager
{
    private const int DefaultPageSize = 100;

    /// <summary>In a token's path: the next page begins after an item that is named by itself.</summary>
    private const string LastItem = "[-1]";

    /// <summary>The output of one page.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="input">The request.</param>
    /// <param name="answer">The whole answer.</param>
    /// <param name="maxPageSize">The most items a page holds; 0 for no limit of its own.</param>
    public static JsonObject Page(OperationModel operation, JsonObject input, Answer answer, int maxPageSize)
    {
        var output = answer.Body;
        var total = answer.Lists.Sum(list => list.Items.Count);
        var paging = operation.Pagination;
        var start = paging is null ? 0 : StartOf(operation, input, paging, answer);
        var size = paging is null ? total : SizeOf(input, paging, maxPageSize);
        var end = Math.Min(total, start + size);
        var offset = 0;
        foreach (var (path, items) in answer.Lists)
        {
            var page = new JsonArray();
            for (var index = Math.Max(0, start - offset); index < items.Count && offset + index < end; index++)
            {
                var item = items[index];
                page.Add(item.Parent is null ? item : item.DeepClone());
            }

            Set(output, path, page);
            offset += items.Count;
        }

        if (paging is not null && answer.Lists.Count > 0)
        {
            Close(output, paging, end, total);
        }

        return output;
    }

    /// <summary>The position a page token stands for.</summary>
    /// <param name="position">The first item of the page.</param>
    /// <param name="salt">Makes tokens of one page differ.</param>
    public static string Token(int position, string salt = "") => Convert.ToBase64String(Encoding.ASCII.GetBytes($"page:{position};{salt}")).TrimEnd('=');

    public static void Set(JsonObject target, string path, JsonNode value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            target = target[name] as JsonObject ?? Add(target, name);
        }

        target[names[^1]] = value;
    }

    private static JsonObject Add(JsonObject target, string name)
    {
        var child = new JsonObject();
        target[name] = child;
        return child;
    }

    private static void Close(JsonObject output, Pagination paging, int end, int total)
    {
        if (paging.MoreResults is { } more)
        {
            Set(output, more, end < total);
        }

        if (end < total && !TokenPath(paging).Contains(LastItem, StringComparison.Ordinal))
        {
            Set(output, TokenPath(paging), Token(end));
        }
    }

    /// <summary>Some paginators name alternatives (<c>NextMarker || Contents[-1].Key</c>); the first is the token itself.</summary>
    private static string TokenPath(Pagination paging) => paging.OutputTokens[0].Split(' ')[0];

    private static int StartOf(OperationModel operation, JsonObject input, Pagination paging, Answer answer)
    {
        if (input[paging.InputTokens[0]] is not { } node || Scalars.Text(node) is not { Length: > 0 } token)
        {
            return 0;
        }

        if (TokenPath(paging).Split(LastItem) is [_, var member])
        {
            return answer.Lists.SelectMany(list => list.Items).TakeWhile(item => Scalars.Text(member.Length == 0 ? item : item[member[1..]]!) != token).Count() + 1;
        }

        try
        {
            var text = Encoding.ASCII.GetString(Convert.FromBase64String(token.PadRight((token.Length + 3) / 4 * 4, '=')));
            return int.Parse(text["page:".Length..text.IndexOf(';', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            throw new AwsError(operation.Service.Protocol == AwsProtocol.Json ? "InvalidNextTokenException" : "InvalidParameterValue", "The token is not one of ours.");
        }
    }

    private static int SizeOf(JsonObject input, Pagination paging, int maxPageSize)
    {
        var asked = paging.LimitKey is { } key && input[key] is { } limit && int.TryParse(Scalars.Text(limit), out var size) && size > 0 ? size : DefaultPageSize;
        return maxPageSize > 0 ? Math.Min(asked, maxPageSize) : asked;
    }
}
