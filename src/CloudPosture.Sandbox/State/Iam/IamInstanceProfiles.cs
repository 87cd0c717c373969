using System;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>Instance profiles, through which EC2 instances use a role. Which role one holds is written at the role.</summary>
internal static class IamInstanceProfiles
{
    private const string List = "InstanceProfileList";

    public static void Register(HandlerTable table)
    {
        table["iam", "CreateInstanceProfile"] = call => Locked(call, Create);
        table["iam", "GetInstanceProfile"] = call => new JsonObject { ["InstanceProfile"] = WithRole(call, Find(call)) };
        table["iam", "DeleteInstanceProfile"] = call => Locked(call, Delete);
        table["iam", "TagInstanceProfile"] = call => Locked(call, Tag);
    }

    /// <summary>The profiles that hold a role.</summary>
    public static JsonNode[] Of(CallContext call, JsonObject role) =>
        [.. Members(role).Select(profile => WithRole(call, Lookup(call, (string)profile["InstanceProfileName"]!)!))];

    /// <summary>Puts a role into a profile.</summary>
    public static void Add(CallContext call, JsonObject role)
    {
        var profile = Find(call);
        if (Holder(call, profile) is not null)
        {
            throw IamErrors.LimitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        }

        var entry = profile.DeepClone().AsObject();
        entry.Remove("Tags");
        entry["Roles"] = new JsonArray();
        role[List] = Json.List(Members(role).Select(member => member.DeepClone()).Append(entry));
    }

    /// <summary>Takes a role out of a profile.</summary>
    public static void Remove(CallContext call, JsonObject role)
    {
        var name = Name(Find(call));
        if (!Members(role).Any(member => Name(member) == name))
        {
            throw IamErrors.NoSuchEntity($"The role with name {role["RoleName"]} cannot be found in the instance profile {name}.");
        }

        // A generated profile is written down before nothing tells of it any more.
        call.World.Iam.PutProfile(call.Cell.AccountId, name, Lookup(call, name)!);
        role[List] = Json.List(Members(role).Where(member => Name(member) != name).Select(member => member.DeepClone()));
    }

    private static Answer Create(CallContext call)
    {
        var name = IamLimits.ProfileName(call.Need("InstanceProfileName"));
        var path = IamLimits.Path(call.Text("Path"));
        var profile = new JsonObject
        {
            ["Path"] = path,
            ["InstanceProfileName"] = name,
            ["InstanceProfileId"] = "AIPA" + Mix.Letters(Mix.Hash(0, Guid.NewGuid().ToString()), 17),
            ["Arn"] = $"arn:aws:iam::{call.Cell.AccountId}:instance-profile{path}{name}",
            ["CreateDate"] = call.World.Now,
            ["Tags"] = IamLimits.Tags(null, call.Input["Tags"]?.AsArray()),
        };
        if (Lookup(call, name) is not null)
        {
            throw IamErrors.AlreadyExists($"Instance Profile {name} already exists.");
        }

        call.World.Iam.PutProfile(call.Cell.AccountId, name, profile);
        return new JsonObject { ["InstanceProfile"] = WithRole(call, profile) };
    }

    private static Answer Delete(CallContext call)
    {
        var profile = Find(call);
        if (Holder(call, profile) is not null)
        {
            throw IamErrors.DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        }

        call.World.Iam.RemoveProfile(call.Cell.AccountId, Name(profile));
        return new JsonObject();
    }

    private static Answer Tag(CallContext call)
    {
        var profile = Find(call);
        profile["Tags"] = IamLimits.Tags(profile["Tags"]?.AsArray(), call.Input["Tags"]?.AsArray());
        call.World.Iam.PutProfile(call.Cell.AccountId, Name(profile), profile);
        return new JsonObject();
    }

    private static JsonObject Find(CallContext call)
    {
        var name = call.Need("InstanceProfileName");
        return Lookup(call, name) ?? throw IamErrors.NoSuchEntity($"Instance Profile {name} cannot be found.");
    }

    /// <summary>A copy of a profile, written or generated; names are compared without regard to case.</summary>
    private static JsonObject? Lookup(CallContext call, string name)
    {
        var (iam, account) = (call.World.Iam, call.Cell.AccountId);
        if (iam.IsProfileWritten(account, name))
        {
            return iam.Profile(account, name)?.DeepClone().AsObject();
        }

        var generated = IamService.Roles(call)
            .SelectMany(role => Members(role.AsObject()))
            .FirstOrDefault(profile => name.Equals(Name(profile), StringComparison.OrdinalIgnoreCase))?.DeepClone().AsObject();
        generated?.Remove("Roles");
        return generated;
    }

    private static JsonObject WithRole(CallContext call, JsonObject profile)
    {
        var answer = profile.DeepClone().AsObject();
        answer["Roles"] = Holder(call, profile) is { } role ? Json.List(Json.Pick(role, "Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument")) : [];
        return answer;
    }

    private static JsonObject? Holder(CallContext call, JsonObject profile) =>
        IamService.Roles(call).Select(role => role.AsObject()).FirstOrDefault(role => Members(role).Any(member => Name(member) == Name(profile)));

    private static JsonNode[] Members(JsonObject role) => role[List] is JsonArray profiles ? [.. profiles.Select(profile => profile!)] : [];

    private static string Name(JsonNode profile) => (string)profile["InstanceProfileName"]!;

    private static Answer Locked(CallContext call, Func<CallContext, Answer> write)
    {
        lock (call.World.Iam.Gate)
        {
            return write(call);
        }
    }
}
