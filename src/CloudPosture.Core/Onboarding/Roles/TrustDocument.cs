using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Onboarding.Roles;

/// <summary>Writes trust policies: one statement for accounts and roles, with the external ID, and one for services.</summary>
internal static class TrustDocument
{
    public static string Render(RoleSpec role) => Render(role, role.Partition, role.ExternalId).ToJsonString();

    /// <summary>The document with another partition or external ID, as templates that fill these in need it.</summary>
    public static JsonObject Render(RoleSpec role, string partition, string? externalId)
    {
        var statements = new JsonArray();
        var accounts = role.TrustedPrincipals.Where(principal => !principal.IsService).ToList();
        if (accounts.Count > 0)
        {
            var statement = Statement("AWS", accounts.Select(principal => principal.ToPrincipal(partition)));
            if (externalId is not null)
            {
                statement["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["sts:ExternalId"] = externalId } };
            }

            statements.Add(statement);
        }

        var services = role.TrustedPrincipals.Where(principal => principal.IsService).ToList();
        if (services.Count > 0)
        {
            statements.Add(Statement("Service", services.Select(principal => principal.Value)));
        }

        return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements };
    }

    private static JsonObject Statement(string kind, IEnumerable<string> principals)
    {
        var values = principals.Select(principal => (JsonNode)JsonValue.Create(principal)!).ToArray();
        return new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { [kind] = values.Length == 1 ? values[0] : new JsonArray(values) },
            ["Action"] = "sts:AssumeRole",
        };
    }
}
