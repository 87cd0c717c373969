using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>The StackSets of the organization.</summary>
internal sealed class StackSets
{
    private readonly List<StackSet> _sets = [];

    public StackSet Create(World world, SandboxAccount owner, JsonObject settings)
    {
        var name = (string)settings["StackSetName"]!;
        if ((string?)settings["PermissionModel"] != "SERVICE_MANAGED")
        {
            throw new AwsError("ValidationError", "The sandbox serves StackSets of permission model SERVICE_MANAGED.");
        }

        if (!world.Stacks.ReachesOrganization || !owner.IsManagement)
        {
            throw new AwsError("ValidationError", "You must enable organizations access to operate a service managed stack set");
        }

        if (Find(owner, name) is not null)
        {
            throw new AwsError("NameAlreadyExistsException", $"StackSet {name} already exists.", 409);
        }

        var body = (string?)settings["TemplateBody"] ?? throw new AwsError("ValidationError", "Either Template URL or Template Body must be specified.");
        CloudFormationService.DemandCapability(new CloudFormationTemplate(body, settings["Parameters"]?.AsArray(), owner.Id, world.Organization.Regions[0], name), settings["Capabilities"]?.AsArray());
        var set = new StackSet($"{name}:{Guid.NewGuid()}", owner, settings.DeepClone().AsObject());
        _sets.Add(set);
        return set;
    }

    public StackSet? Find(SandboxAccount owner, string nameOrId) => _sets.Find(set => set.Owner == owner && (set.Name == nameOrId || set.Id == nameOrId));

    public IEnumerable<StackSet> Of(SandboxAccount owner) => _sets.Where(set => set.Owner == owner);

    public void Remove(StackSet set) => _sets.Remove(set);

    /// <summary>Removes a StackSet with its stacks.</summary>
    public void RemoveWhole(World world, SandboxAccount owner, string id)
    {
        if (Find(owner, id) is { } set)
        {
            set.Clear(world);
            Remove(set);
        }
    }
}
