using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Aws.Models;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Harvest.Accounts;

/// <summary>Finds out whose credentials are. Any caller may ask that of STS, whatever else it may do.</summary>
/// <param name="aws">What sends the call.</param>
/// <param name="models">What operations there are.</param>
/// <param name="account">The account that the credentials should belong to.</param>
internal sealed class CredentialOwner(IAwsCaller aws, ServiceModels models, AccountTarget account)
{
    private static readonly AwsQuestion Question = new("sts", "GetCallerIdentity");

    /// <summary>Whether credentials can never come to belong to another account: keys that were given stay what they are, and a role's ARN names its account.</summary>
    public static bool IsCertain(AWSCredentials credentials) => credentials is AnonymousAWSCredentials or BasicAWSCredentials or SessionAWSCredentials or RoleCredentials;

    /// <summary>Keys as they are now, which renew no more.</summary>
    public static (string AccessKey, AWSCredentials Credentials) Fixed(ImmutableCredentials keys) =>
        (keys.AccessKey, keys.UseToken ? new SessionAWSCredentials(keys.AccessKey, keys.SecretKey, keys.Token) : new BasicAWSCredentials(keys.AccessKey, keys.SecretKey));

    /// <summary>The account that credentials belong to, 12 digits.</summary>
    /// <exception cref="AwsServiceException">AWS refused, could not be reached, or something else answered.</exception>
    public async Task<string> AskAsync(AWSCredentials credentials, CancellationToken cancellationToken)
    {
        var region = account.Regions.Count > 0 ? Partition.Of(account.Regions[0]).HomeRegion : Partition.Named(account.Partition)!.HomeRegion;
        using var answer = await aws.SendAsync(
            new AwsCall
            {
                Operation = models.Get(Question.Service).Operation(Question.Operation),
                Input = JsonSerializer.SerializeToElement(new { }),
                Target = new AwsTarget { Credentials = credentials, Region = region, AccountId = account.AccountId, Endpoints = account.Endpoints },
            },
            cancellationToken).ConfigureAwait(false);
        return answer.Root.Text("Account") is { } owner && AccountIds.IsValid(owner)
            ? owner
            : throw Failure.Malformed(Question, region, "sts:GetCallerIdentity answered without an account of 12 digits: what answers there is not AWS.");
    }
}
