using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the names of the roles that the user's connections enter. AWS is not asked.</summary>
public sealed class RoleCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ConnectionCompleter.Stored
            .SelectMany(connection => RolesOf(connection).Select(name => (Role: name, Connection: connection.Name)))
            .GroupBy(one => one.Role)
            .Select(same => (same.Key, $"The role of {string.Join(", ", same.Select(one => one.Connection).Distinct())}"));

    private static IEnumerable<string> RolesOf(PostureConnection connection) =>
        new[] { RoleArn.TryParse(connection.RoleArn, out var role) ? role.Name : null, connection.Organization?.MemberRole }.OfType<string>();
}
