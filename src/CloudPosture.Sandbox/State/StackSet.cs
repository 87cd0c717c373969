using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>A service-managed StackSet: one template for the accounts of an organization's units. The management account is left out.</summary>
internal sealed class StackSet(string id, SandboxAccount owner, JsonObject settings)
{
    public string Id { get; } = id;

    public string Name => (string)Settings["StackSetName"]!;

    public SandboxAccount Owner { get; } = owner;

    /// <summary>The call that made it what it is.</summary>
    public JsonObject Settings { get; set; } = settings;

    public List<StackSetInstance> Instances { get; } = [];

    public List<StackSetOperation> Operations { get; } = [];

    /// <summary>Creates or renews the stacks of the accounts of some units.</summary>
    public StackSetOperation Deploy(World world, JsonObject targets, IReadOnlyList<string> regions, JsonObject? preferences)
    {
        var operation = Begin(world, "CREATE", preferences);
        foreach (var account in Accounts(world, targets))
        {
            foreach (var region in regions)
            {
                var instance = Instances.Find(instance => instance.Account == account && instance.Region == region);
                if (instance is null)
                {
                    instance = new StackSetInstance(account, region, OrganizationsService.UnitOf(world.Organization, account));
                    Instances.Add(instance);
                }

                Deploy(world, instance, operation);
            }
        }

        return operation;
    }

    /// <summary>Renews all stacks after its settings were changed.</summary>
    public StackSetOperation Renew(World world, JsonObject? preferences)
    {
        var operation = Begin(world, "UPDATE", preferences);
        Instances.ForEach(instance => Deploy(world, instance, operation));
        return operation;
    }

    /// <summary>Takes the stacks of some accounts away.</summary>
    public StackSetOperation Remove(World world, JsonObject targets, IReadOnlyList<string> regions, bool isRetaining, JsonObject? preferences)
    {
        var operation = Begin(world, "DELETE", preferences);
        var accounts = Accounts(world, targets).ToHashSet();
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

    private void Deploy(World world, StackSetInstance instance, StackSetOperation operation)
    {
        var now = world.Clock.GetUtcNow();
        instance.Operation = operation;
        var body = (string)Settings["TemplateBody"]!;
        try
        {
            var stack = instance.Stack ?? Stacks.New(instance.Account.Id, instance.Region, $"StackSet-{Name}-{Guid.NewGuid()}", null, now);
            var template = new CloudFormationTemplate(body, Settings["Parameters"]?.AsArray(), instance.Account.Id, instance.Region, stack.Name);
            var deployer = Deployer(world, instance, stack);
            if (instance.Stack is null)
            {
                world.Stacks.Add(instance.Account.Id, instance.Region, stack);
                operation.Results[instance] = deployer.Create(template, "DELETE");
                instance.Stack = operation.Results[instance] is null ? stack : null;
            }
            else
            {
                stack.Begin(now);
                operation.Results[instance] = deployer.Update(template);
            }

            stack.Template = body;
        }
        catch (AwsError refused)
        {
            operation.Results[instance] = refused.Message;
        }
    }

    private StackSetOperation Begin(World world, string action, JsonObject? preferences)
    {
        var operation = new StackSetOperation(Guid.NewGuid().ToString(), action, int.Parse(preferences?["FailureTolerancePercentage"]?.ToString() ?? "0", CultureInfo.InvariantCulture), world.Clock.GetUtcNow());
        Operations.Add(operation);
        return operation;
    }

    private static StackDeployer Deployer(World world, StackSetInstance instance, Stack stack) => new(new StackBuilder(world, null, instance.Account, stack.Name), stack);

    private static IEnumerable<SandboxAccount> Accounts(World world, JsonObject targets)
    {
        var units = Texts(targets["OrganizationalUnitIds"]);
        var accounts = Texts(targets["Accounts"]);
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
