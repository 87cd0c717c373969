using System.Text.Json;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;

namespace CloudPosture.Harvest;

/// <summary>Follows the pages of one list and notices when they never end. Brent's algorithm finds any circle in constant memory.</summary>
internal sealed class PageGuard(OperationModel operation)
{
    private const int MostPages = 20_000;
    private string? _remembered;
    private int _pages;
    private int _rememberAt = 1;

    /// <summary>The input of the next page.</summary>
    /// <returns>Null after the last page.</returns>
    /// <exception cref="AwsServiceException">The pages go in a circle, or there are more than any account can hold.</exception>
    public JsonElement? Next(JsonElement input, JsonElement answer)
    {
        if (Pager.NextInput(operation, input, answer) is not { } next)
        {
            return null;
        }

        var position = next.GetRawText();
        if (position == _remembered || ++_pages > MostPages)
        {
            throw new AwsServiceException($"The pages of {operation.Service.Name}:{operation.Name} never end; what they held so far is kept.")
            {
                Kind = AwsErrorKind.Other,
                Code = "EndlessPages",
                Service = operation.Service.Name,
                Operation = operation.Name,
            };
        }

        if (_pages == _rememberAt)
        {
            _remembered = position;
            _rememberAt *= 2;
        }

        return next;
    }
}
