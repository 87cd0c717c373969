using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Connections;

/// <summary>Makes connections of what is there already. It stores nothing.</summary>
public static class ConnectionImporter
{
    private static readonly Regex NotOfNames = new("[^A-Za-z0-9_ .@-]+", RegexOptions.CultureInvariant);

    /// <summary>A connection for every profile that enters a role.</summary>
    /// <param name="location">The AWS credentials or config file, or their folder; null is the user's own.</param>
    /// <param name="warn">Is told of profiles that cannot be imported; null tells nobody.</param>
    /// <returns>The connections, named after the profiles, which they refer to; each for the account of the profile's role.</returns>
    /// <exception cref="CredentialException">The files cannot be read.</exception>
    public static IReadOnlyList<PostureConnection> FromProfiles(string? location, Action<string>? warn = null)
    {
        var found = new List<PostureConnection>();
        var files = new ProfileFiles(location, Environment.GetEnvironmentVariable);
        foreach (var name in files.Names.OrderBy(name => name, StringComparer.Ordinal))
        {
            AwsProfile profile;
            try
            {
                profile = files.Get(name);
            }
            catch (CredentialException problem)
            {
                warn?.Invoke($"The profile '{name}' is left out: {problem.Message}");
                continue;
            }

            if (profile.RoleArn is null)
            {
                continue;
            }

            if (!RoleArn.TryParse(profile.RoleArn, out var role))
            {
                warn?.Invoke($"The profile '{profile.Name}' is left out: its role_arn '{profile.RoleArn}' is not a role's ARN like arn:aws:iam::123456789012:role/name.");
                continue;
            }

            found.Add(new PostureConnection
            {
                Name = profile.Name,
                AccountId = role.AccountId,
                AccountName = profile.Name,
                Credential = new CredentialReference { Kind = CredentialKind.Profile, ProfileName = profile.Name, ProfileLocation = location },
            });
        }

        return Distinct(found);
    }

    /// <summary>A connection for every account that an organization's connection covers now.</summary>
    /// <param name="hub">A stored connection to the organization; the new ones take their credentials from it.</param>
    /// <param name="resolver">What reads the organization.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The connections, named after the accounts, with their unit paths.</returns>
    /// <inheritdoc cref="ConnectionResolver.ResolveAsync" path="/exception"/>
    public static async Task<IReadOnlyList<PostureConnection>> FromOrganizationAsync(PostureConnection hub, ConnectionResolver resolver, CancellationToken cancellationToken)
    {
        var scope = hub.Organization ?? throw new ConnectionException(ConnectionError.Invalid, $"The connection '{hub.Name}' is for one account. Name one to an organization.");
        var sessions = await resolver.ResolveAsync(hub, cancellationToken).ConfigureAwait(false);
        return Distinct(sessions.Select(session => new PostureConnection
        {
            Name = session.AccountName,
            AccountId = session.AccountId,
            AccountName = session.AccountName,
            UnitPath = session.UnitPath,
            RoleArn = session.IsHub ? null : RoleArn.Of(session.Partition, session.AccountId, scope.MemberRole),
            ExternalId = session.IsHub ? null : hub.ExternalId,
            RoleSessionName = session.IsHub ? null : hub.RoleSessionName,
            SessionDuration = session.IsHub ? null : hub.SessionDuration,
            Credential = new CredentialReference { Kind = CredentialKind.Connection, Connection = hub.Name },
            Regions = hub.Regions,
            Services = hub.Services,
            Namespace = hub.Namespace,
            Tags = hub.Tags,
        }));
    }

    /// <summary>The connection that an imported one is already: made from the same profile or hub for the same account, else of the same name; null for none.</summary>
    public static PostureConnection? Present(PostureConnection found, IReadOnlyCollection<PostureConnection> all) =>
        all.FirstOrDefault(connection => IsSame(connection, found)) ?? all.FirstOrDefault(connection => string.Equals(connection.Name, found.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a connection comes from the same profile or hub, and is for the same account, as an imported one.</summary>
    public static bool IsSame(PostureConnection connection, PostureConnection found) =>
        (connection.AccountId ?? (RoleArn.TryParse(connection.RoleArn, out var role) ? role.AccountId : null)) == found.AccountId && connection.Credential == found.Credential;

    /// <summary>A connection with what its source says now, and what the user set as it was.</summary>
    public static PostureConnection Renew(PostureConnection present, PostureConnection found) => present with
    {
        Kind = found.Kind,
        AccountId = found.AccountId,
        AccountName = found.AccountName,
        UnitPath = found.UnitPath,
        RoleArn = found.RoleArn,
        ExternalId = found.ExternalId,
        HubExternalId = found.HubExternalId,
        Organization = found.Organization,
        Credential = found.Credential,
    };

    // Names of profiles and accounts are anybody's text, and two may be alike; the account tells them apart.
    private static IReadOnlyList<PostureConnection> Distinct(IEnumerable<PostureConnection> connections)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var distinct = new List<PostureConnection>();
        foreach (var connection in connections)
        {
            var plain = NotOfNames.Replace(connection.Name, "-").TrimStart('-', '_', ' ', '.', '@');
            var name = plain.Length == 0 ? connection.AccountId! : plain.Substring(0, Math.Min(plain.Length, 100));
            for (var attempt = 1; !taken.Add(name); attempt++)
            {
                name = attempt == 1 ? $"{name} {connection.AccountId}" : $"{name}-{attempt}";
            }

            distinct.Add(connection with { Name = name });
        }

        return distinct;
    }
}
