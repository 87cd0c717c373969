using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Onboarding;

/// <summary>Calls IAM, unless another service is named, in one account.</summary>
internal sealed class AwsCaller(AwsClient client, AwsTarget target)
{
    /// <summary>IAM's word for what is not there.</summary>
    public const string Missing = "NoSuchEntity";

    public async Task<JsonNode> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken, string service = "iam")
    {
        using var answer = await client.SendWithRetryAsync(Call(service, operation, input), cancellationToken).ConfigureAwait(false);
        return JsonNode.Parse(answer.Root.GetRawText())!;
    }

    /// <summary>The answer, or null where there is no such thing.</summary>
    public async Task<JsonNode?> FindAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(operation, input, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException problem) when (problem.Code == Missing)
        {
            return null;
        }
    }

    /// <summary>The items of every page.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string operation, JsonObject input, string items, CancellationToken cancellationToken, string service = "iam")
    {
        var found = new List<JsonNode>();
        await foreach (var page in client.PagesAsync(Call(service, operation, input), cancellationToken).ConfigureAwait(false))
        {
            if (page.Root.TryGetProperty(items, out var list))
            {
                found.AddRange(list.EnumerateArray().Select(item => JsonNode.Parse(item.GetRawText())!));
            }
        }

        return found;
    }

    private AwsCall Call(string service, string operation, JsonObject input) => new()
    {
        Operation = client.Models.Get(service).Operation(operation),
        Input = JsonSerializer.SerializeToElement(input),
        Target = target,
    };
}
