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
    /// <returns>The connections, named after the profiles, which they refer to; each for the account of the profile's role.</returns>
    /// <exception cref="CredentialException">The files cannot be read.</exception>
    public static IReadOnlyList<PostureConnection> FromProfiles(string? location)
    {
        var files = new ProfileFiles(location, Environment.GetEnvironmentVariable);
        return Distinct(
            from name in files.Names
            let profile = files.Get(name)
            where RoleArn.TryParse(profile.RoleArn, out _)
            orderby profile.Name
            select new PostureConnection
            {
                Name = profile.Name,
                AccountId = RoleArn.Parse(profile.RoleArn!).AccountId,
                AccountName = profile.Name,
                Credential = new CredentialReference { Kind = CredentialKind.Profile, ProfileName = profile.Name, ProfileLocation = location },
            });
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
