using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Json;
using CloudPosture.Time;

namespace CloudPosture.Delegation;

/// <summary>Creates the stack of a completion and follows it to its end.</summary>
internal sealed class DelegationStack(AwsClient client, AwsTarget target, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly HashSet<string> Ends = ["CREATE_COMPLETE", "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_COMPLETE", "DELETE_FAILED"];

    /// <summary>Makes sure that the stack is there; asked again, it finds the one that it made.</summary>
    /// <returns>The stack's ARN.</returns>
    public async Task<string> CreateAsync(string name, string template, CancellationToken cancellationToken)
    {
        try
        {
            var input = new Dictionary<string, object>
            {
                ["StackName"] = name,
                ["TemplateBody"] = template,
                ["Capabilities"] = new[] { "CAPABILITY_NAMED_IAM" },
                ["OnFailure"] = "DELETE",
                ["ClientRequestToken"] = name,
            };
            return (await client.AskAsync(new AwsQuestion("cloudformation", "CreateStack", input), target, cancellationToken).ConfigureAwait(false)).Text("StackId")!;
        }
        catch (AwsServiceException exists) when (exists.Code is "AlreadyExistsException" or "AlreadyExists")
        {
            var answer = await client.AskAsync(new AwsQuestion("cloudformation", "DescribeStacks", new { StackName = name }), target, cancellationToken).ConfigureAwait(false);
            if (answer.Items("Stacks").Select(stack => stack.Text("StackId")).FirstOrDefault() is { } id)
            {
                return id;
            }

            throw;
        }
    }

    /// <summary>Follows the stack's events until it is complete or gone.</summary>
    /// <returns>Its last status, and the first thing that failed.</returns>
    public async Task<(string Status, string? Failure)> FollowAsync(string stackId, Action<DelegationStackEvent>? progress, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? failure = null;
        while (true)
        {
            foreach (var (item, isStack) in await NewEventsAsync(stackId, seen, cancellationToken).ConfigureAwait(false))
            {
                progress?.Invoke(item);
                failure ??= item.Status == "CREATE_FAILED" ? $"{item.Resource} ({item.ResourceType}): {item.Reason.TrimEnd('.')}." : null;
                if (isStack && Ends.Contains(item.Status))
                {
                    return (item.Status, failure);
                }
            }

            await clock.DelayAsync(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The events not seen yet, the oldest first; CloudFormation lists the newest first.</summary>
    private async Task<IEnumerable<(DelegationStackEvent Event, bool IsStack)>> NewEventsAsync(string stackId, HashSet<string> seen, CancellationToken cancellationToken)
    {
        var found = new List<(DelegationStackEvent, bool)>();
        var input = new Dictionary<string, object> { ["StackName"] = stackId };
        await foreach (var item in client.ListAsync(new AwsQuestion("cloudformation", "DescribeStackEvents", input), "StackEvents", target, cancellationToken).ConfigureAwait(false))
        {
            if (!seen.Add(item.Text("EventId")!))
            {
                break;
            }

            found.Add((
                new DelegationStackEvent
                {
                    Time = item.GetProperty("Timestamp").GetDateTimeOffset(),
                    Resource = item.Text("LogicalResourceId") ?? "",
                    ResourceType = item.Text("ResourceType") ?? "",
                    Status = item.Text("ResourceStatus") ?? "",
                    Reason = item.Text("ResourceStatusReason") ?? "",
                },
                item.Text("PhysicalResourceId") == stackId));
        }

        found.Reverse();
        return found;
    }
}
