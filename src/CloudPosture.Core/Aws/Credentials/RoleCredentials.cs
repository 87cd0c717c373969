using System;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// A role's session, renewed before it ends. AWSSDK.Core's own class would build a client that neither knows our endpoint nor gives
/// the service's refusal as it was; its refreshing base class keeps the time.
/// </summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    // Long enough for every call that was signed with the old session to end.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private readonly Func<CancellationToken, Task<JsonElement>> _enter;

    /// <summary>Makes credentials; nothing is asked yet.</summary>
    /// <param name="enter">Asks STS; its answer has <c>Credentials</c>.</param>
    public RoleCredentials(Func<CancellationToken, Task<JsonElement>> enter)
    {
        _enter = enter;
        PreemptExpiryTime = Early;
    }

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var answer = await _enter(CredentialFetch.Token).ConfigureAwait(false);
        var keys = answer.GetProperty("Credentials");
        var end = DateTimeOffset.Parse(keys.GetProperty("Expiration").GetString()!, CultureInfo.InvariantCulture).UtcDateTime;
        return new CredentialsRefreshState(
            new ImmutableCredentials(keys.GetProperty("AccessKeyId").GetString(), keys.GetProperty("SecretAccessKey").GetString(), keys.GetProperty("SessionToken").GetString()),
            end);
    }
}
