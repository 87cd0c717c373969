using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Aws;

/// <summary>Calls by name whose answers outlive the call: for the few questions asked outside a harvest.</summary>
internal static class AwsQuestions
{
    /// <summary>Asks once, with retries.</summary>
    public static async Task<JsonElement> AskAsync(this AwsClient client, AwsQuestion question, AwsTarget target, CancellationToken cancellationToken)
    {
        using var answer = await client.SendWithRetryAsync(Call(client, question, target), cancellationToken).ConfigureAwait(false);
        return answer.Root.Clone();
    }

    /// <summary>Asks for all pages of a list.</summary>
    /// <returns>The elements of the member named.</returns>
    public static async IAsyncEnumerable<JsonElement> ListAsync(
        this AwsClient client, AwsQuestion question, string member, AwsTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in client.PagesAsync(Call(client, question, target), cancellationToken).ConfigureAwait(false))
        {
            // An empty list may be absent from the answer.
            var items = page.Root.TryGetProperty(member, out var list) ? list.Clone() : default;
            foreach (var item in items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : Enumerable.Empty<JsonElement>())
            {
                yield return item;
            }
        }
    }

    private static AwsCall Call(AwsClient client, AwsQuestion question, AwsTarget target) => new()
    {
        Operation = client.Models.Get(question.Service).Operation(question.Operation),
        Input = question.Input is null ? default : JsonSerializer.SerializeToElement(question.Input),
        Target = target,
    };
}
