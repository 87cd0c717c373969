using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.State;
using CloudPosture.Sandbox.State.Iam;

namespace CloudPosture.Sandbox.Auth;

/// <summary>Decides whether a caller may do what it asks.</summary>
internal sealed class Authorizer(World world)
{
    private static readonly string[] ReadingVerbs = ["Get", "List", "Describe", "Generate", "AssumeRole", "Lookup", "Search", "Simulate", "Validate", "BatchGet", "BatchDescribe"];

    private static readonly ConditionalWeakTable<OperationModel, string> Actions = [];

    private readonly ConcurrentDictionary<(string Account, string Action), bool> _denied = new();

    /// <summary>Denies an action to everyone; in one account, or in all where the account is null.</summary>
    public void Deny(string action, string? account) => _denied[(account ?? "*", action.ToLowerInvariant())] = true;

    public void Allow(string action, string? account) => _denied.TryRemove((account ?? "*", action.ToLowerInvariant()), out _);

    public static bool IsWrite(OperationModel operation) => IsWrite(operation.Name);

    /// <summary>Whether an operation or action of that name changes something, as its first word tells.</summary>
    public static bool IsWrite(string name) => !ReadingVerbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal));

    public void Check(OperationModel operation, Principal caller)
    {
        var action = ActionOf(world, operation);
        if (operation.Name == "GetCallerIdentity")
        {
            return;
        }

        var key = action.ToLowerInvariant();
        if (_denied.ContainsKey((caller.AccountId, key)) || _denied.ContainsKey(("*", key)) || !IsAllowed(operation, action, caller))
        {
            throw AuthErrors.Denied(operation.Service, caller.Arn, action);
        }
    }

    /// <summary>The IAM action of an operation: what the catalog says, else its own name.</summary>
    public static string ActionOf(World world, OperationModel operation) => Actions.GetValue(operation, operation => FindAction(world, operation));

    private static string FindAction(World world, OperationModel operation)
    {
        var catalog = world.Organization.Content.Catalog;
        if (!catalog.Names.Contains(operation.Service.Name))
        {
            return $"{operation.Service.Name}:{operation.Name}";
        }

        var service = catalog.Service(operation.Service.Name);
        return catalog.All.Where(entry => entry.Model == service.Name).SelectMany(entry => entry.Resources).SelectMany(resource => resource.Operations).FirstOrDefault(call => call.Operation == operation.Name) is { } known
            ? service.ActionOf(known)
            : $"{service.IamPrefix}:{operation.Name}";
    }

    private bool IsAllowed(OperationModel operation, string action, Principal caller) => MayDo(world, caller, action, IsWrite(operation));

    /// <summary>Whether a principal's own rights, and what limits its session, allow an action.</summary>
    public static bool MayDo(World world, Principal caller, string action, bool isWrite)
    {
        if (caller.SessionPolicy is { } limit && !Allow([limit], action))
        {
            return false;
        }

        if (caller.IsAdministrator)
        {
            return true;
        }

        if (caller.Policy is { } policy)
        {
            return Allow([policy], action);
        }

        return caller.Kind == PrincipalKind.RoleSession && world.Iam.Role(caller.AccountId, caller.Name) is { } role
            ? RoleAllows(world, role, action)
            : !isWrite;
    }

    /// <summary>A role made while the sandbox runs has just the rights of its policies, within its boundary.</summary>
    private static bool RoleAllows(World world, JsonObject role, string action)
    {
        var attached = role["AttachedManagedPolicies"]?.AsArray().Select(policy => DocumentOf(world, (string)policy!["PolicyArn"]!)) ?? [];
        var inline = role["RolePolicyList"]?.AsArray().Select(policy => (string?)policy!["PolicyDocument"]) ?? [];
        var boundary = (string?)role["PermissionsBoundary"]?["PermissionsBoundaryArn"];
        return Allow(attached.Concat(inline), action) && (boundary is null || Allow([DocumentOf(world, boundary)], action));
    }

    private static bool Allow(IEnumerable<string?> documents, string action)
    {
        var statements = documents
            .OfType<string>()
            .SelectMany(PolicyMatch.Statements)
            .Where(statement => statement["Action"] is { } actions ? PolicyMatch.AnyMatches(actions, action) : !PolicyMatch.AnyMatches(statement["NotAction"], action))
            .ToList();
        return statements.Exists(statement => (string?)statement["Effect"] == "Allow")
            && !statements.Exists(statement => (string?)statement["Effect"] == "Deny" && statement["Condition"] is null);
    }

    private static string? DocumentOf(World world, string arn) =>
        ManagedPolicies.Document(arn)
        ?? (string?)world.FindPolicy(arn)?["PolicyVersionList"]?.AsArray().First(version => (bool)version!["IsDefaultVersion"]!)!["Document"];
}
