using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>A service-managed StackSet: one template for the accounts of an organization's units. The management account is left out.</summary>
internal sealed class StackSet(string id, SandboxAccount owner, string region, JsonObject settings)
{
    /// <summary>The most units that an operation may reach.</summary>
    private const int MostUnits = 50;

    public string Id { get; } = id;

    public string Name => (string)Settings["StackSetName"]!;

    public SandboxAccount Owner { get; } = owner;

    /// <summary>The Region where it is kept.</summary>
    public string Region { get; } = region;

    /// <summary>The call that made it what it is.</summary>
    public JsonObject Settings { get; set; } = settings;

    public List<StackSetInstance> Instances { get; } = [];

    public List<StackSetOperation> Operations { get; } = [];

    /// <summary>The units and roots that its stacks were asked for.</summary>
    public List<string> Units { get; } = [];

    /// <summary>Creates or renews the stacks of the accounts of some units.</summary>
    public StackSetOperation Deploy(World world, JsonObject targets, IReadOnlyList<string> regions, JsonObject? preferences, string? commanded = null)
    {
        if (regions.Count == 0)
        {
            throw new AwsError("ValidationError", "Regions are required");
        }

        var (accounts, units) = (Accounts(world, targets).ToList(), Texts(targets["OrganizationalUnitIds"]));
        var operation = Begin(world, "CREATE", preferences, commanded);
        var instances = accounts.SelectMany(account => regions.Select(target => Instance(world, account, target))).ToList();
        if (commanded is null)
        {
            Units.AddRange(units.Except(Units));
            Instances.AddRange(instances.Except(Instances));
        }

        operation.Run(instances, instance => Deploy(world, instance));
        return operation;
    }

    /// <summary>Renews its stacks after its settings were changed: all, or those of some units.</summary>
    public StackSetOperation Renew(World world, JsonObject? targets, JsonObject? preferences, string? commanded = null)
    {
        if (targets is null && Units.Count > MostUnits)
        {
            throw new AwsError("ValidationError", $"The number of organizational units exceeds the limit of {MostUnits}");
        }

        var accounts = targets is null ? null : Accounts(world, targets).ToHashSet();
        var operation = Begin(world, "UPDATE", preferences, commanded);
        operation.Run([.. Instances.Where(instance => accounts?.Contains(instance.Account) != false)], instance => Deploy(world, instance));
        return operation;
    }

    /// <summary>Takes the stacks of some accounts away.</summary>
    public StackSetOperation Remove(World world, JsonObject targets, IReadOnlyList<string> regions, bool isRetaining, JsonObject? preferences)
    {
        var accounts = Accounts(world, targets).ToHashSet();
        var operation = Begin(world, "DELETE", preferences, commanded: null);
        Units.RemoveAll(Texts(targets["OrganizationalUnitIds"]).Contains);
        foreach (var instance in Instances.Where(instance => accounts.Contains(instance.Account) && regions.Contains(instance.Region)).ToList())
        {
            Remove(world, instance, isRetaining);
            operation.Results[instance] = null;
        }

        return operation;
    }

    /// <summary>Takes all stacks away.</summary>
    public void Clear(World world) => Instances.ToList().ForEach(instance => Remove(world, instance, isRetaining: false));

    private void Remove(World world, StackSetInstance instance, bool isRetaining)
    {
        if (!isRetaining && instance.Stack is { } stack)
        {
            stack.Begin(world.Clock.GetUtcNow());
            Deployer(world, instance, stack).Delete();
        }

        Instances.Remove(instance);
    }

    private StackSetInstance Instance(World world, SandboxAccount account, string target) =>
        Instances.Find(instance => instance.Account == account && instance.Region == target)
        ?? new StackSetInstance(account, target, OrganizationsService.UnitOf(world.Organization, account));

    /// <summary>Makes or renews one stack.</summary>
    /// <returns>Why it failed; null where it did not.</returns>
    private string? Deploy(World world, StackSetInstance instance)
    {
        var now = world.Clock.GetUtcNow();
        var body = (string)Settings["TemplateBody"]!;
        try
        {
            var stack = instance.Stack ?? Stacks.New(instance.Account.Id, instance.Region, $"StackSet-{Name}-{Guid.NewGuid()}", null, now);
            var template = new CloudFormationTemplate(body, Settings["Parameters"]?.AsArray(), instance.Account.Id, instance.Region, stack.Name);
            var deployer = Deployer(world, instance, stack);
            string? failure;
            if (instance.Stack is null)
            {
                world.Stacks.Add(instance.Account.Id, instance.Region, stack);
                failure = deployer.Create(template, "DELETE");
                instance.Stack = failure is null ? stack : null;
            }
            else
            {
                stack.Begin(now);
                failure = deployer.Update(template);
            }

            stack.Template = body;
            return failure;
        }
        catch (AwsError refused)
        {
            return refused.Message;
        }
    }

    private StackSetOperation Begin(World world, string action, JsonObject? preferences, string? commanded)
    {
        var operation = new StackSetOperation(Guid.NewGuid().ToString(), action, preferences, commanded, world.Clock.GetUtcNow());
        Operations.Add(operation);
        return operation;
    }

    private static StackDeployer Deployer(World world, StackSetInstance instance, Stack stack) => new(new StackBuilder(world, null, instance.Account, instance.Region, stack.Name), stack);

    private static IEnumerable<SandboxAccount> Accounts(World world, JsonObject targets)
    {
        var units = Texts(targets["OrganizationalUnitIds"]);
        var accounts = Texts(targets["Accounts"]);
        if (units.Count > MostUnits)
        {
            throw new AwsError("ValidationError", $"The number of organizational units exceeds the limit of {MostUnits}");
        }

        var known = OrganizationsService.IdsOf(world.Organization);
        if (units.Count == 0 || units.FirstOrDefault(unit => !known.Contains(unit)) is not null)
        {
            throw new AwsError("ValidationError", units.Count == 0 ? "OrganizationalUnitIds are required" : $"Organizational unit {units.First(unit => !known.Contains(unit))} does not exist");
        }

        var isListed = (string?)targets["AccountFilterType"] switch
        {
            "INTERSECTION" => accounts.Contains,
            "DIFFERENCE" => account => !accounts.Contains(account),
            _ => (Func<string, bool>)(_ => true),
        };
        return world.Organization.Accounts.Where(account => !account.IsManagement && OrganizationsService.IsUnder(world.Organization, account, units) && isListed(account.Id));
    }

    private static HashSet<string> Texts(JsonNode? list) => (list?.AsArray() ?? []).Select(item => (string)item!).ToHashSet(StringComparer.Ordinal);
}
