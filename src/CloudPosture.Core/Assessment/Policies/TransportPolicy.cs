using System.Linq;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Policies;

/// <summary>Answers whether a resource's policy refuses requests without TLS.</summary>
internal static class TransportPolicy
{
    /// <summary>Whether every action on every part of the resource is denied to everyone who comes without TLS.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="arn">The resource's ARN.</param>
    public static bool DeniesInsecure(PolicyDocument policy, string arn)
    {
        var parts = arn.Split(':');
        var service = parts.Length > 2 ? parts[2] : "";
        var actions = new Wildcard($"{service}:?*", ignoreCase: true);
        Wildcard[] resources = service == "s3" ? [new(arn, false), new(arn + "/?*", false)] : [new(arn, false)];
        return resources.All(resource => policy.Statements.Any(statement =>
            IsDenyWithoutTls(statement) && statement.CoversAction(actions) && statement.CoversResource(resource)));
    }

    private static bool IsDenyWithoutTls(Statement statement) =>
        !statement.IsAllow && !statement.ExceptsPrincipals
        && statement.Principals.Any(principal => principal.Kind == PrincipalKind.Everyone)
        && statement.Conditions.Count == 1
        && statement.Conditions[0] is { Operator: "bool", Key: "aws:securetransport" } condition
        && condition.Values.Contains("false");
}
