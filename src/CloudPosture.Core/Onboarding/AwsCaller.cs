using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Onboarding;

/// <summary>The questions of <see cref="AwsQuestions"/> to one account, to IAM unless another service is named, with answers that may be changed.</summary>
internal sealed class AwsCaller(AwsClient client, AwsTarget target)
{
    /// <summary>IAM's word for what is not there.</summary>
    public const string Missing = "NoSuchEntity";

    public async Task<JsonNode> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken, string service = "iam")
    {
        var answer = await client.AskAsync(new AwsQuestion(service, operation, input), target, cancellationToken).ConfigureAwait(false);
        return JsonNode.Parse(answer.GetRawText())!;
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
        await foreach (var item in client.ListAsync(new AwsQuestion(service, operation, input), items, target, cancellationToken).ConfigureAwait(false))
        {
            found.Add(JsonNode.Parse(item.GetRawText())!);
        }

        return found;
    }
}
