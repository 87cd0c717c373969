using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>AWS CloudFormation, as far as reader roles need it: stacks of roles, managed policies and StackSets.</summary>
internal static class CloudFormationService
{
    public static void Register(HandlerTable table)
    {
        table["cloudformation", "CreateStack"] = CreateStack;
        table["cloudformation", "DescribeStacks"] = DescribeStacks;
        table["cloudformation", "DescribeStackEvents"] = call => Answer.Of("StackEvents", Find(call, call.Need("StackName")).Events(call.World.Clock.GetUtcNow()));
        table["cloudformation", "DescribeOrganizationsAccess"] = call => new JsonObject { ["Status"] = call.World.Stacks.ReachesOrganization ? "ENABLED" : "DISABLED" };
        table["cloudformation", "ActivateOrganizationsAccess"] = call =>
        {
            call.World.Stacks.ReachesOrganization = call.Cell.Account.IsManagement
                ? true
                : throw new AwsError("InvalidOperationException", "Only the management account can activate organizations access.");
            return new JsonObject();
        };
    }

    private static Answer DescribeStacks(CallContext call)
    {
        var now = call.World.Clock.GetUtcNow();
        var stacks = call.Text("StackName") is { } name
            ? [Find(call, name)]
            : call.World.Stacks.In(call.Cell.AccountId, call.Cell.Region).Where(stack => stack.Status(now) != "DELETE_COMPLETE");
        return Answer.Of("Stacks", [.. stacks.Select(stack => stack.Describe(now))]);
    }

    private static Stack Find(CallContext call, string name) =>
        call.World.Stacks.Find(call.Cell.AccountId, call.Cell.Region, name, call.World.Clock.GetUtcNow())
        ?? throw new AwsError("ValidationError", $"Stack with id {name} does not exist");

    private static Answer CreateStack(CallContext call)
    {
        var (name, account, region, now) = (call.Need("StackName"), call.Cell.AccountId, call.Cell.Region, call.World.Clock.GetUtcNow());
        if (call.World.Stacks.Find(account, region, name, now) is { } existing)
        {
            return existing.Token is { } token && token == call.Text("ClientRequestToken")
                ? new JsonObject { ["StackId"] = existing.Id }
                : throw new AwsError("AlreadyExistsException", $"Stack [{name}] already exists");
        }

        var template = new CloudFormationTemplate(call.Need("TemplateBody"), call.Input["Parameters"]?.AsArray(), account, region);
        if (template.NamesIam && call.Input["Capabilities"]?.AsArray().Any(capability => (string?)capability == "CAPABILITY_NAMED_IAM") != true)
        {
            throw new AwsError("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]");
        }

        var stack = new Stack(name, $"arn:aws:cloudformation:{region}:{account}:stack/{name}/{Guid.NewGuid()}", call.Text("ClientRequestToken"), now);
        Deploy(new StackBuilder(call.World, call.Caller!, call.Organization.Find(account)!), stack, template, call.Text("OnFailure") ?? "ROLLBACK");
        call.World.Stacks.Add(account, region, stack);
        return new JsonObject { ["StackId"] = stack.Id };
    }

    private static void Deploy(StackBuilder builder, Stack stack, CloudFormationTemplate template, string onFailure)
    {
        stack.Add("CREATE_IN_PROGRESS", "User Initiated");
        var undo = new Stack<Action>();
        foreach (var (name, type, properties) in template.Resources())
        {
            stack.Add(name, type, "", "CREATE_IN_PROGRESS");
            try
            {
                var (reference, arn) = builder.Create(type, properties, undo);
                template.Created(name, reference, arn);
                stack.Add(name, type, reference, "CREATE_COMPLETE");
            }
            catch (AwsError refused)
            {
                stack.Add(name, type, "", "CREATE_FAILED", refused.Message);
                RollBack(stack, undo, name, onFailure);
                return;
            }
        }

        foreach (var output in template.Outputs())
        {
            stack.Outputs.Add(output);
        }

        stack.Add("CREATE_COMPLETE");
    }

    private static void RollBack(Stack stack, Stack<Action> undo, string failed, string onFailure)
    {
        var word = onFailure == "DELETE" ? "DELETE" : "ROLLBACK";
        stack.Add(word + "_IN_PROGRESS", $"The following resource(s) failed to create: [{failed}].");
        while (undo.TryPop(out var step))
        {
            step();
        }

        stack.Add(word + "_COMPLETE");
    }
}
