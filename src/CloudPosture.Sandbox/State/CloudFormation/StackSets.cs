using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>The StackSets of the organization.</summary>
internal sealed class StackSets
{
    private readonly List<StackSet> _sets = [];

    public StackSet Create(World world, SandboxAccount owner, string region, JsonObject settings)
    {
        var name = (string)settings["StackSetName"]!;
        if (name.Length > 128 || !char.IsAsciiLetter(name.FirstOrDefault()) || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            throw new AwsError("ValidationError", $"1 validation error detected: Value '{name}' at 'stackSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
        }

        if ((string?)settings["PermissionModel"] != "SERVICE_MANAGED")
        {
            throw new AwsError("ValidationError", "The sandbox serves StackSets of permission model SERVICE_MANAGED.");
        }

        if (!world.Stacks.ReachesOrganization || !owner.IsManagement)
        {
            throw new AwsError("ValidationError", "You must enable organizations access to operate a service managed stack set");
        }

        if (Find(owner, region, name) is not null)
        {
            throw new AwsError("NameAlreadyExistsException", $"StackSet {name} already exists.", 409);
        }

        var body = (string?)settings["TemplateBody"] ?? throw new AwsError("ValidationError", "Either Template URL or Template Body must be specified.");
        CloudFormationService.DemandCapability(new CloudFormationTemplate(body, settings["Parameters"]?.AsArray(), owner.Id, region, name), settings["Capabilities"]?.AsArray());
        var set = new StackSet($"{name}:{Guid.NewGuid()}", owner, region, settings.DeepClone().AsObject());
        _sets.Add(set);
        return set;
    }

    /// <summary>Finds a StackSet; one of another Region is another one, whatever its name.</summary>
    public StackSet? Find(SandboxAccount owner, string region, string nameOrId) => _sets.Find(set => set.Owner == owner && set.Region == region && (set.Name == nameOrId || set.Id == nameOrId));

    public IEnumerable<StackSet> Of(SandboxAccount owner, string region) => _sets.Where(set => set.Owner == owner && set.Region == region);

    public void Remove(StackSet set) => _sets.Remove(set);

    /// <summary>Removes a StackSet with its stacks.</summary>
    public void RemoveWhole(World world, SandboxAccount owner, string id)
    {
        if (_sets.Find(set => set.Owner == owner && set.Id == id) is { } set)
        {
            set.Clear(world);
            Remove(set);
        }
    }
}
