using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Connections;

/// <summary>Who AWS says we are.</summary>
internal sealed record CallerIdentity(string AccountId, string Arn)
{
    /// <summary>The partition the ARN names.</summary>
    public string Partition => Arn.Split(':')[1];

    public static async Task<CallerIdentity> AskAsync(AwsClient client, AwsTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync("sts", "GetCallerIdentity", null, target, cancellationToken).ConfigureAwait(false);
        return new CallerIdentity(answer.Text("Account")!, answer.Text("Arn")!);
    }
}
