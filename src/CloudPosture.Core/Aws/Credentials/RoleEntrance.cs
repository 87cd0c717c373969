using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Errors;
using CloudPosture.Files;

namespace CloudPosture.Aws.Credentials;

/// <summary>Enters roles through our own client, so that STS is asked at the endpoint and in the partition the user chose, and its refusals stay as they were.</summary>
internal sealed class RoleEntrance(AwsClient client, CredentialEnvironment environment)
{
    // STS takes 20,000 characters.
    private const int LongestToken = 64 << 10;

    /// <summary>Where STS is asked, if the profile and the environment shall not decide.</summary>
    public required string? Region { get; init; }

    /// <summary>Gets the code of an MFA device, whose serial number it is given; null where nobody can be asked.</summary>
    public required Func<string, CancellationToken, Task<string>>? MfaCode { get; init; }

    /// <summary>The sessions of MFA devices.</summary>
    public required MfaSessions Mfa { get; init; }

    /// <summary>Enters a role; nothing is asked until the credentials are.</summary>
    /// <param name="from">Who enters it.</param>
    /// <param name="request">The role, and how.</param>
    /// <returns>The role's session; it renews itself unless an MFA code is needed each time.</returns>
    public ResolvedCredentials Enter(ResolvedCredentials from, RoleRequest request)
    {
        var region = StsRegion(from.Region, request.Role.Partition);
        return new ResolvedCredentials
        {
            Credentials = new RoleCredentials(async cancellationToken =>
            {
                var input = new Dictionary<string, object?>
                {
                    ["RoleArn"] = request.Role.ToString(),
                    ["RoleSessionName"] = request.SessionName,
                    ["DurationSeconds"] = from.IsRoleSession ? Math.Min(request.Duration, RoleRequest.LongestChainedSession) : request.Duration,
                };
                if (request.ExternalId is not null)
                {
                    input["ExternalId"] = request.ExternalId;
                }

                // What is wrong with them shows as an error of their own, not of the role.
                await CredentialResolver.FetchAsync(from, cancellationToken).ConfigureAwait(false);
                var target = new AwsTarget { Credentials = from.Credentials, Region = region, AccountId = from.AccountId, Endpoints = from.Endpoints };
                if (request.MfaSerial is not { } device)
                {
                    return await client.AskAsync(new AwsQuestion("sts", "AssumeRole", input), target, cancellationToken).ConfigureAwait(false);
                }

                var caller = await CredentialFetch.GetAsync(from.Credentials, cancellationToken).ConfigureAwait(false);
                return await Mfa.EnterAsync(
                    caller.AccessKey,
                    request,
                    token => AskCodeAsync(device, token),
                    (code, token) =>
                    {
                        input["SerialNumber"] = device;
                        input["TokenCode"] = code;
                        return client.AskAsync(new AwsQuestion("sts", "AssumeRole", input), target, token);
                    },
                    cancellationToken).ConfigureAwait(false);
            }),
            Roles = [.. from.Roles, new EnteredRole(request, from)],
            Source = $"{from.Source} → role {request.Role}",
            Renews = from.Renews && request.MfaSerial is null,
            Region = from.Region,
            Endpoints = from.Endpoints,
            IsRoleSession = true,
            AccountId = request.Role.AccountId,
        };
    }

    /// <summary>The session of a role that a web identity enters; nothing is asked until its credentials are.</summary>
    public ResolvedCredentials OfWebIdentity(string roleArn, string tokenFile, string? sessionName, string source, string? region, EndpointSettings? endpoints)
    {
        var role = Role(roleArn, source);
        var stsRegion = StsRegion(region ?? environment.Region, role.Partition);
        return new ResolvedCredentials
        {
            // The token is read anew each time: its issuer replaces it long before the session ends.
            Credentials = new RoleCredentials(cancellationToken => client.AskAsync(
                new AwsQuestion("sts", "AssumeRoleWithWebIdentity", new { RoleArn = roleArn, RoleSessionName = sessionName ?? "CloudPosture", WebIdentityToken = ReadToken(tokenFile) }),
                new AwsTarget { Credentials = new AnonymousAWSCredentials(), Region = stsRegion, AccountId = role.AccountId, Endpoints = endpoints },
                cancellationToken)),
            Source = $"{source} → role {role}",
            Region = region ?? environment.Region,
            Endpoints = endpoints,
            IsRoleSession = true,
            AccountId = role.AccountId,
        };
    }

    /// <exception cref="CredentialException">The text is no role's ARN.</exception>
    public static RoleArn Role(string text, string source) =>
        RoleArn.TryParse(text, out var role) ? role : throw new CredentialException($"The role_arn of {source}, '{text}', is not a role's ARN like arn:aws:iam::123456789012:role/name.");

    private static string ReadToken(string path)
    {
        try
        {
            return GivenFile.ReadText(path, LongestToken).Trim() is { Length: > 0 } token ? token : throw new CredentialException($"The web identity token {path} is empty. Its issuer may not have written it yet: see what writes this file.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"The web identity token {path} cannot be read: {problem.Message}", problem);
        }
    }

    private async Task<string> AskCodeAsync(string serial, CancellationToken cancellationToken)
    {
        var code = MfaCode is null ? null : await MfaCode(serial, cancellationToken).ConfigureAwait(false);
        return code?.Trim() is { Length: 6 } digits && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? digits
            : throw new CredentialException($"The MFA device {serial} must confirm this role.", advice: new Advice("Give the six digits that it shows now.", "MfaCode"));
    }

    private string StsRegion(string? region, string partition)
    {
        var wanted = Region ?? region;
        if (wanted is not null && Partition.Of(wanted).Name == partition)
        {
            return wanted;
        }

        return Partition.Named(partition)?.HomeRegion ?? throw new CredentialException($"The partition '{partition}' is not known; there are {string.Join(", ", Partition.All.Select(known => known.Name))}.");
    }
}
