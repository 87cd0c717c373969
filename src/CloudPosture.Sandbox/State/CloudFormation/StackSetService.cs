using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>CloudFormation's StackSets, managed by the service.</summary>
internal static class StackSetService
{
    public static void Register(HandlerTable table)
    {
        CloudFormationService.On(table, "CreateStackSet", call => new JsonObject { ["StackSetId"] = call.World.Stacks.Sets.Create(call.World, call.Cell.Account, call.Cell.Region, call.Input).Id });
        CloudFormationService.On(table, "UpdateStackSet", Update);
        CloudFormationService.On(table, "DeleteStackSet", Delete);
        CloudFormationService.On(table, "DescribeStackSet", call => new JsonObject { ["StackSet"] = Describe(Find(call)) });
        CloudFormationService.On(table, "ListStackSets", call => Answer.Of("Summaries", [.. call.World.Stacks.Sets.Of(call.Cell.Account, call.Cell.Region).Select(Summary)]));
        CloudFormationService.On(table, "CreateStackInstances", call => Started(Idle(call).Deploy(call.World, Targets(call), Regions(call), Preferences(call), Commanded(call))));
        CloudFormationService.On(table, "DeleteStackInstances", call => Started(Idle(call).Remove(call.World, Targets(call), Regions(call), call.Text("RetainStacks") == "true", Preferences(call))));
        CloudFormationService.On(table, "DescribeStackSetOperation", call => new JsonObject { ["StackSetOperation"] = Operation(call).Describe(Find(call).Id, Now(call)) });
        CloudFormationService.On(table, "ListStackSetOperationResults", call => Answer.Of("Summaries", Operation(call).Summaries(Now(call))));
        CloudFormationService.On(table, "ListStackInstances", Instances);
    }

    private static Answer Update(CallContext call)
    {
        var set = Idle(call);
        var settings = call.Input.DeepClone().AsObject();
        settings["StackSetName"] = set.Name;
        settings["TemplateBody"] = CloudFormationService.Body(call, (string?)set.Settings["TemplateBody"]);
        foreach (var member in (string[])["PermissionModel", "AutoDeployment", "ManagedExecution", "Description"])
        {
            settings[member] ??= set.Settings[member]?.DeepClone();
        }

        var template = new CloudFormationTemplate((string)settings["TemplateBody"]!, settings["Parameters"]?.AsArray(), call.Cell.AccountId, call.Cell.Region, set.Name);
        CloudFormationService.DemandCapability(template, settings["Capabilities"]?.AsArray());
        var targets = call.Input["DeploymentTargets"]?.AsObject();
        if (targets is not null && call.Input["AutoDeployment"] is not null)
        {
            throw new AwsError("ValidationError", "AutoDeployment cannot be specified together with DeploymentTargets or Regions");
        }

        // What is kept is the new settings, whatever becomes of the operation.
        set.Settings = settings;
        return Started(set.Renew(call.World, targets, Preferences(call), Commanded(call)));
    }

    private static Answer Delete(CallContext call)
    {
        var set = Find(call);
        if (set.Instances.Count > 0)
        {
            throw new AwsError("StackSetNotEmptyException", "StackSet is not empty", 409);
        }

        call.World.Stacks.Sets.Remove(set);
        return new JsonObject();
    }

    private static Answer Instances(CallContext call)
    {
        var (set, now) = (Find(call), Now(call));
        return Answer.Of("Summaries", [.. set.Instances
            .Where(instance => (call.Text("StackInstanceAccount") ?? instance.Account.Id) == instance.Account.Id && (call.Text("StackInstanceRegion") ?? instance.Region) == instance.Region)
            .Select(instance => Summary(set, instance, now))]);
    }

    private static JsonObject Summary(StackSet set, StackSetInstance instance, DateTimeOffset now)
    {
        var operation = instance.Operation!;
        var failure = operation.Results.GetValueOrDefault(instance);
        var summary = new JsonObject
        {
            ["StackSetId"] = set.Id,
            ["Account"] = instance.Account.Id,
            ["Region"] = instance.Region,
            ["OrganizationalUnitId"] = instance.UnitId,
            ["Status"] = operation.IsOver(now) && failure is null ? "CURRENT" : "OUTDATED",
            ["StackInstanceStatus"] = new JsonObject { ["DetailedStatus"] = operation.StatusOf(instance, now) },
            ["DriftStatus"] = "NOT_CHECKED",
            ["LastOperationId"] = operation.Id,
        };
        if (instance.Stack is { } stack)
        {
            summary["StackId"] = stack.Id;
        }

        if (operation.IsOver(now) && failure is not null)
        {
            summary["StatusReason"] = failure;
        }

        return summary;
    }

    private static JsonObject Describe(StackSet set)
    {
        var answer = Json.Pick(set.Settings, "TemplateBody", "Parameters", "Capabilities", "Tags", "Description", "PermissionModel", "AutoDeployment", "ManagedExecution");
        Name(answer, set);
        answer["OrganizationalUnitIds"] = Json.Texts(set.Units);
        return answer;
    }

    private static JsonObject Summary(StackSet set)
    {
        var answer = Json.Pick(set.Settings, "Description", "PermissionModel", "AutoDeployment", "ManagedExecution");
        Name(answer, set);
        return answer;
    }

    private static void Name(JsonObject answer, StackSet set) => (answer["StackSetName"], answer["StackSetId"], answer["Status"]) = (set.Name, set.Id, "ACTIVE");

    private static StackSet Find(CallContext call) =>
        call.World.Stacks.Sets.Find(call.Cell.Account, call.Cell.Region, call.Need("StackSetName")) ?? throw new AwsError("StackSetNotFoundException", $"StackSet {call.Need("StackSetName")} not found", 404);

    /// <summary>A StackSet that no operation is running on: where it is not managed to wait in line, another is refused.</summary>
    private static StackSet Idle(CallContext call)
    {
        var set = Find(call);
        var isWaiting = set.Settings["ManagedExecution"]?["Active"]?.ToString() == "true";
        return isWaiting || set.Operations.TrueForAll(operation => operation.IsOver(Now(call)))
            ? set
            : throw new AwsError("OperationInProgressException", "Another Operation on StackSet is in progress", 409);
    }

    private static StackSetOperation Operation(CallContext call) => Find(call).Operations.Find(operation => operation.Id == call.Need("OperationId"))
        ?? throw new AwsError("OperationNotFoundException", $"Operation {call.Need("OperationId")} not found", 404);

    private static JsonObject Started(StackSetOperation operation) => new() { ["OperationId"] = operation.Id };

    private static JsonObject Targets(CallContext call) =>
        call.Input["DeploymentTargets"]?.AsObject() ?? throw new AwsError("ValidationError", "DeploymentTargets are required for a service managed stack set");

    private static List<string> Regions(CallContext call) => [.. (call.Input["Regions"]?.AsArray() ?? []).Select(region => (string)region!)];

    private static JsonObject? Preferences(CallContext call) => call.Input["OperationPreferences"]?.AsObject();

    private static string? Commanded(CallContext call) => call.Fault is { Kind: FaultKind.FailedOperation } fault ? fault.Message ?? "The sandbox was told to fail." : null;

    private static DateTimeOffset Now(CallContext call) => call.World.Clock.GetUtcNow();
}
