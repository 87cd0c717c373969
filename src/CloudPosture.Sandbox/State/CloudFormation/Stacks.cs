using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>The stacks of all accounts and Regions.</summary>
internal sealed class Stacks
{
    private readonly List<(string Account, string Region, Stack Stack)> _stacks = [];

    /// <summary>Serialises creations.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether CloudFormation may reach the organization's accounts.</summary>
    public bool ReachesOrganization { get; set; }

    public StackSets Sets { get; } = new();

    public static Stack New(string account, string region, string name, string? token, DateTimeOffset now) =>
        new(name, $"arn:aws:cloudformation:{region}:{account}:stack/{name}/{Guid.NewGuid()}", token, now);

    public void Add(string account, string region, Stack stack)
    {
        lock (Gate)
        {
            _stacks.Add((account, region, stack));
        }
    }

    /// <summary>Finds a stack: by its name until it is deleted, by its ARN for ever.</summary>
    public Stack? Find(string account, string region, string nameOrId, DateTimeOffset now)
    {
        lock (Gate)
        {
            return _stacks.LastOrDefault(item => item.Account == account && item.Region == region
                && (item.Stack.Id == nameOrId || (item.Stack.Name == nameOrId && item.Stack.Status(now) != "DELETE_COMPLETE"))).Stack;
        }
    }

    public IReadOnlyList<Stack> In(string account, string region)
    {
        lock (Gate)
        {
            return [.. _stacks.Where(item => item.Account == account && item.Region == region).Select(item => item.Stack)];
        }
    }
}
