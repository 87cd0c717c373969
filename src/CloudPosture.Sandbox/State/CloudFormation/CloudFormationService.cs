using System;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>AWS CloudFormation, as far as reader roles need it: stacks of roles, policies and StackSets.</summary>
internal static class CloudFormationService
{
    public static void Register(HandlerTable table)
    {
        On(table, "CreateStack", CreateStack);
        On(table, "UpdateStack", UpdateStack);
        On(table, "DeleteStack", DeleteStack);
        On(table, "DescribeStacks", DescribeStacks);
        On(table, "ListStacks", ListStacks);
        On(table, "DescribeStackEvents", call => Answer.Of("StackEvents", Find(call, call.Need("StackName")).Events(call.World.Clock.GetUtcNow())));
        On(table, "GetTemplate", call => new JsonObject { ["TemplateBody"] = Find(call, call.Need("StackName")).Template, ["StagesAvailable"] = Json.Texts("Original", "Processed") });
        On(table, "ValidateTemplate", ValidateTemplate);
        On(table, "DescribeOrganizationsAccess", call => new JsonObject { ["Status"] = call.World.Stacks.ReachesOrganization ? "ENABLED" : "DISABLED" });
        On(table, "ActivateOrganizationsAccess", call =>
        {
            call.World.Stacks.ReachesOrganization = call.Cell.Account.IsManagement
                ? true
                : throw new AwsError("InvalidOperationException", "Only the management account can activate organizations access.");
            return new JsonObject();
        });
        StackSetService.Register(table);
    }

    /// <summary>Registers an operation; each is carried out whole before the next.</summary>
    public static void On(HandlerTable table, string operation, Handler handler) => table["cloudformation", operation] = call =>
    {
        lock (call.World.Stacks.Gate)
        {
            return handler(call);
        }
    };

    /// <summary>The template's text of a call.</summary>
    public static string Body(CallContext call, string? previous = null) =>
        call.Text("TemplateBody") ?? (call.Text("UsePreviousTemplate") == "true" ? previous : null) ?? throw Invalid("Either Template URL or Template Body must be specified.");

    public static void DemandCapability(CloudFormationTemplate template, JsonArray? granted)
    {
        if (template.Capability is { } needed && !(granted ?? []).Any(capability => (string?)capability == needed || (string?)capability == "CAPABILITY_NAMED_IAM"))
        {
            throw new AwsError("InsufficientCapabilitiesException", $"Requires capabilities : [{needed}]");
        }
    }

    private static Answer CreateStack(CallContext call)
    {
        var (name, account, region, now) = (call.Need("StackName"), call.Cell.AccountId, call.Cell.Region, call.World.Clock.GetUtcNow());
        if (name.Length > 128 || !char.IsAsciiLetter(name.FirstOrDefault()) || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            throw Invalid($"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
        }

        if (call.World.Stacks.Find(account, region, name, now) is { } existing)
        {
            return existing.Token is { } token && token == call.Text("ClientRequestToken")
                ? new JsonObject { ["StackId"] = existing.Id }
                : throw new AwsError("AlreadyExistsException", $"Stack [{name}] already exists");
        }

        var stack = Stacks.New(account, region, name, call.Text("ClientRequestToken"), now);
        var template = Read(call, stack, Body(call));
        call.World.Stacks.Add(account, region, stack);
        Deployer(call, stack).Create(template, call.Text("DisableRollback") == "true" ? "DO_NOTHING" : call.Text("OnFailure") ?? "ROLLBACK");
        return new JsonObject { ["StackId"] = stack.Id };
    }

    private static Answer UpdateStack(CallContext call)
    {
        var now = call.World.Clock.GetUtcNow();
        var stack = Find(call, call.Need("StackName"));
        if (stack.Status(now) is not ("CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE") and var status)
        {
            throw Invalid($"Stack:{stack.Id} is in {status} state and can not be updated.");
        }

        Carry(call.Input, stack.Settings);
        var (before, settings) = (stack.Template, stack.Settings);
        var body = Body(call, before);
        if (JsonNode.DeepEquals(TemplateReader.Read(body), TemplateReader.Read(before)) && JsonNode.DeepEquals(call.Input["Parameters"], settings["Parameters"]))
        {
            throw Invalid("No updates are to be performed.");
        }

        var template = Read(call, stack, body);
        stack.Begin(now);
        if (Deployer(call, stack).Update(template) is not null)
        {
            (stack.Template, stack.Settings) = (before, settings);
        }

        return new JsonObject { ["StackId"] = stack.Id };
    }

    private static Answer DeleteStack(CallContext call)
    {
        var now = call.World.Clock.GetUtcNow();
        if (call.World.Stacks.Find(call.Cell.AccountId, call.Cell.Region, call.Need("StackName"), now) is { } stack && stack.Status(now) != "DELETE_COMPLETE")
        {
            stack.Begin(now);
            Deployer(call, stack).Delete();
        }

        return new JsonObject();
    }

    private static Answer DescribeStacks(CallContext call)
    {
        var now = call.World.Clock.GetUtcNow();
        var stacks = call.Text("StackName") is { } name
            ? [Find(call, name)]
            : call.World.Stacks.In(call.Cell.AccountId, call.Cell.Region).Where(stack => stack.Status(now) != "DELETE_COMPLETE");
        return Answer.Of("Stacks", [.. stacks.Select(stack => stack.Describe(now))]);
    }

    private static Answer ListStacks(CallContext call)
    {
        var now = call.World.Clock.GetUtcNow();
        var wanted = call.Input["StackStatusFilter"]?.AsArray().Select(status => (string)status!).ToHashSet(StringComparer.Ordinal);
        return Answer.Of("StackSummaries", [.. call.World.Stacks.In(call.Cell.AccountId, call.Cell.Region)
            .Where(stack => wanted is null || wanted.Contains(stack.Status(now)))
            .Select(stack => stack.Summarise(now))]);
    }

    private static Answer ValidateTemplate(CallContext call)
    {
        var root = CloudFormationTemplate.Parse(Body(call));
        var answer = new JsonObject
        {
            ["Parameters"] = Json.List((root["Parameters"]?.AsObject() ?? []).Select(parameter => new JsonObject
            {
                ["ParameterKey"] = parameter.Key,
                ["DefaultValue"] = parameter.Value!["Default"]?.ToString() ?? "",
                ["NoEcho"] = parameter.Value["NoEcho"]?.ToString() == "true",
                ["Description"] = parameter.Value["Description"]?.ToString() ?? "",
            })),
            ["Description"] = (string?)root["Description"] ?? "",
        };
        if (CloudFormationTemplate.CapabilityOf(root) is { } capability)
        {
            answer["Capabilities"] = Json.Texts(capability);
            answer["CapabilitiesReason"] = "The following resource(s) require capabilities: [AWS::IAM]";
        }

        return answer;
    }

    private static CloudFormationTemplate Read(CallContext call, Stack stack, string body)
    {
        var template = new CloudFormationTemplate(body, call.Input["Parameters"]?.AsArray(), call.Cell.AccountId, call.Cell.Region, stack.Name);
        DemandCapability(template, call.Input["Capabilities"]?.AsArray());
        stack.Template = body;
        stack.Settings = Json.Pick(call.Input, "Parameters", "Capabilities", "Tags");
        if (template.Description is { } description)
        {
            stack.Settings["Description"] = description;
        }

        return template;
    }

    /// <summary>Puts earlier values in place of those that a call says to keep.</summary>
    private static void Carry(JsonObject input, JsonObject settings)
    {
        foreach (var parameter in (input["Parameters"]?.AsArray() ?? []).Where(parameter => parameter!["UsePreviousValue"]?.ToString() == "true"))
        {
            parameter!["ParameterValue"] = settings["Parameters"]?.AsArray().FirstOrDefault(other => (string?)other!["ParameterKey"] == (string?)parameter["ParameterKey"])?["ParameterValue"]?.DeepClone();
            parameter.AsObject().Remove("UsePreviousValue");
        }
    }

    private static StackDeployer Deployer(CallContext call, Stack stack) => new(new StackBuilder(call.World, call.Caller!, call.Cell.Account, call.Cell.Region, stack.Name), stack);

    private static Stack Find(CallContext call, string name) =>
        call.World.Stacks.Find(call.Cell.AccountId, call.Cell.Region, name, call.World.Clock.GetUtcNow())
        ?? throw Invalid($"Stack with id {name} does not exist");

    private static AwsError Invalid(string message) => new("ValidationError", message);
}
