using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Connections;

/// <summary>Who AWS says we are.</summary>
internal sealed record CallerIdentity(string AccountId, string Arn)
{
    private static readonly AwsQuestion Question = new("sts", "GetCallerIdentity");

    /// <summary>The partition the ARN names.</summary>
    public string Partition => Arn.Split(':')[1];

    public static async Task<CallerIdentity> AskAsync(AwsClient client, AwsTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync(Question, target, cancellationToken).ConfigureAwait(false);
        return answer.Text("Account") is { } account && AccountIds.IsValid(account) && answer.Text("Arn") is { } arn && arn.Split(':').Length > 4
            ? new CallerIdentity(account, arn)
            : throw Failure.Malformed(Question, target.Region, "sts:GetCallerIdentity answered without an account of 12 digits and its ARN: what answers there is not AWS. Check the endpoint and the proxy (HTTPS_PROXY).");
    }
}
