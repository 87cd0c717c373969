using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>Carries out the operations of a stack, and takes back what a failed one did.</summary>
internal sealed class StackDeployer(StackBuilder builder, Stack stack)
{
    private readonly Stack<Action> _undo = [];
    private readonly List<StackResource> _replaced = [];

    /// <summary>Creates the stack's resources.</summary>
    /// <returns>Why it failed; null where it did not.</returns>
    public string? Create(CloudFormationTemplate template, string onFailure)
    {
        stack.Add("CREATE_IN_PROGRESS", "User Initiated");
        if (Apply(template, []) is not { } failure)
        {
            Finish(template, "CREATE_COMPLETE");
            return null;
        }

        if (onFailure == "DO_NOTHING")
        {
            stack.Add("CREATE_FAILED", failure.Summary);
            return failure.Reason;
        }

        var word = onFailure == "DELETE" ? "DELETE" : "ROLLBACK";
        stack.Add(word + "_IN_PROGRESS", failure.Summary);
        Undo();
        stack.Resources.Clear();
        stack.Add(word + "_COMPLETE");
        return failure.Reason;
    }

    /// <summary>Makes the stack what another template says.</summary>
    /// <returns>Why it failed; null where it did not.</returns>
    public string? Update(CloudFormationTemplate template)
    {
        stack.Add("UPDATE_IN_PROGRESS", "User Initiated");
        var before = stack.Resources.ToList();
        var failure = Apply(template, before);
        if (failure is { } problem)
        {
            stack.Add("UPDATE_ROLLBACK_IN_PROGRESS", problem.Summary);
            Undo();
            stack.Resources.Clear();
            stack.Resources.AddRange(before);
            stack.Add("UPDATE_ROLLBACK_COMPLETE");
            return problem.Reason;
        }

        stack.Add("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
        var kept = stack.Resources.Select(resource => resource.LogicalId).ToHashSet(StringComparer.Ordinal);
        DeleteAll(before.Where(resource => !kept.Contains(resource.LogicalId)).Concat(_replaced));
        Finish(template, "UPDATE_COMPLETE");
        return null;
    }

    /// <summary>Deletes the stack with all it made.</summary>
    public void Delete()
    {
        stack.Add("DELETE_IN_PROGRESS", "User Initiated");
        var failed = DeleteAll(stack.Resources);
        stack.Resources.RemoveAll(resource => !failed.Contains(resource.LogicalId));
        if (failed.Count == 0)
        {
            stack.Add("DELETE_COMPLETE");
        }
        else
        {
            stack.Add("DELETE_FAILED", $"The following resource(s) failed to delete: [{string.Join(", ", failed)}].");
        }
    }

    private (string Summary, string Reason)? Apply(CloudFormationTemplate template, List<StackResource> before)
    {
        stack.Resources.Clear();
        var current = "";
        var verb = "CREATE";
        try
        {
            foreach (var (name, type, properties) in template.Resources())
            {
                current = name;
                var present = before.Find(resource => resource.LogicalId == name && resource.Type == type);
                var isSame = present is not null && JsonNode.DeepEquals(present.Properties, properties);
                verb = present is null ? "CREATE" : "UPDATE";
                var resource = isSame ? present! : Deploy(name, type, properties, present, verb);
                stack.Resources.Add(resource);
                template.Created(resource);
            }

            return null;
        }
        catch (AwsError refused)
        {
            stack.Add(current, "", "", verb + "_FAILED", refused.Message);
            return ($"The following resource(s) failed to {verb.ToLowerInvariant()}: [{current}].", $"ResourceLogicalId:{current}, ResourceStatusReason:{refused.Message}");
        }
    }

    private StackResource Deploy(string name, string type, JsonObject properties, StackResource? present, string verb)
    {
        stack.Add(name, type, present?.Reference ?? "", verb + "_IN_PROGRESS");
        StackResource resource;
        if (present is null || StackBuilder.MustReplace(present, properties))
        {
            // What is replaced goes when the whole update went well.
            _replaced.AddRange(present is null ? [] : [present]);
            resource = builder.Create(name, type, properties);
            _undo.Push(() => builder.Delete(resource));
        }
        else
        {
            _undo.Push(() => builder.Update(present with { Properties = properties }, present.Properties));
            resource = builder.Update(present, properties);
        }

        stack.Add(name, type, resource.Reference, verb + "_COMPLETE");
        return resource;
    }

    private List<string> DeleteAll(IEnumerable<StackResource> resources)
    {
        var failed = new List<string>();
        foreach (var resource in resources.Reverse().ToList())
        {
            stack.Add(resource.LogicalId, resource.Type, resource.Reference, "DELETE_IN_PROGRESS");
            try
            {
                builder.Delete(resource);
                stack.Add(resource.LogicalId, resource.Type, resource.Reference, "DELETE_COMPLETE");
            }
            catch (AwsError refused)
            {
                stack.Add(resource.LogicalId, resource.Type, resource.Reference, "DELETE_FAILED", refused.Message);
                failed.Add(resource.LogicalId);
            }
        }

        return failed;
    }

    private void Finish(CloudFormationTemplate template, string status)
    {
        stack.Outputs = Json.List(template.Outputs());
        stack.Add(status);
    }

    private void Undo()
    {
        while (_undo.TryPop(out var step))
        {
            try
            {
                step();
            }
            catch (AwsError refused)
            {
                stack.Add(stack.Name, "AWS::CloudFormation::Stack", "", "ROLLBACK_FAILED", refused.Message);
            }
        }
    }
}
