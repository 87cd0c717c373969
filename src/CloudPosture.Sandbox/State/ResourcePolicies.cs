using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State;

/// <summary>The policies of queues, topics, keys and the like: ones that are open to everyone, and ones that only look so.</summary>
internal static class ResourcePolicies
{
    /// <summary>Two faults and five traps on a policy field.</summary>
    /// <param name="rule">The rule that the faults break.</param>
    /// <param name="action">An action of the service.</param>
    /// <param name="put">Stores a statement as the resource's policy.</param>
    public static IReadOnlyList<Variant> Variants(string rule, string action, Action<JsonObject, JsonObject> put)
    {
        Variant Trap(Func<Cell, JsonObject> statement) => Variant.Trap((resource, cell, _) => put(resource, statement(cell)));
        return
        [
            Variant.Fault(rule, (resource, _, _) => put(resource, Json.Statement("Allow", "*", action, "*"))),
            Variant.Fault(rule, (resource, _, _) => put(resource, Json.Statement("Allow", Json.Principal("AWS", "*"), action, "*"))),
            Trap(cell => Json.Statement("Allow", "*", action, "*", Json.Condition("StringEquals", "aws:PrincipalOrgID", cell.Organization.Id))),
            Trap(cell => Json.Statement("Allow", Json.Principal("AWS", "*"), action, "*", Json.Condition("StringEquals", "aws:SourceAccount", cell.AccountId))),
            Trap(cell => Json.Statement("Allow", Json.Principal("AWS", $"arn:aws:iam::{cell.Organization.Management.Id}:root"), action, "*")),
            Trap(_ => Json.Statement("Deny", "*", action, "*")),
            Trap(cell => Json.Statement("Allow", Json.Principal("Service", "events.amazonaws.com"), action, "*", Json.Condition("StringEquals", "aws:SourceAccount", cell.AccountId))),
        ];
    }

    /// <summary>Variants for resources whose policy is JSON text in a member.</summary>
    public static IReadOnlyList<Variant> VariantsOf(string rule, string action, string member) =>
        Variants(rule, action, (resource, statement) => resource[member] = Json.Policy(statement));
}
