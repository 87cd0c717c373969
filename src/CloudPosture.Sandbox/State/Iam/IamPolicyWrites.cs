using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>The operations of IAM that read or change one managed policy.</summary>
internal static class IamPolicyWrites
{
    private static readonly string[] Members =
    [
        "PolicyName", "PolicyId", "Arn", "Path", "DefaultVersionId", "AttachmentCount", "PermissionsBoundaryUsageCount",
        "IsAttachable", "Description", "CreateDate", "UpdateDate", "Tags",
    ];

    public static void Register(HandlerTable table)
    {
        table["iam", "CreatePolicy"] = call => Locked(call, Create);
        table["iam", "GetPolicy"] = call => new JsonObject { ["Policy"] = Summary(Find(call)) };
        table["iam", "GetPolicyVersion"] = call => new JsonObject { ["PolicyVersion"] = Version(call, Find(call)).DeepClone() };
        table["iam", "ListPolicyVersions"] = call => Answer.Of("Versions", [.. Versions(Find(call)).Select(version => Json.Pick(version.AsObject(), "VersionId", "IsDefaultVersion", "CreateDate"))]);
        table["iam", "CreatePolicyVersion"] = call => Locked(call, CreateVersion);
        table["iam", "DeletePolicyVersion"] = call => Locked(call, DeleteVersion);
        table["iam", "DeletePolicy"] = call => Locked(call, Delete);
        table["iam", "TagPolicy"] = call => Locked(call, Tag);
        table["iam", "UntagPolicy"] = call => Locked(call, Untag);
    }

    /// <summary>A policy as GetPolicy tells it.</summary>
    public static JsonObject Summary(JsonObject policy) => Json.Pick(policy, Members);

    /// <summary>The name of a policy that the account may attach; null where there is none.</summary>
    public static string? NameOf(CallContext call, string arn)
    {
        if (arn.Split(':') is not ["arn", _, "iam", "", _, var entity] || !entity.StartsWith("policy/", StringComparison.Ordinal))
        {
            throw IamErrors.InvalidInput($"ARN {arn} is not valid.");
        }

        return (string?)Lookup(call, arn)?["PolicyName"];
    }

    /// <summary>Counts one more or fewer that a policy of the account is attached to.</summary>
    public static void CountAttachment(CallContext call, string arn, int change)
    {
        if (IsOwn(call, arn) && Lookup(call, arn) is { } policy)
        {
            policy["AttachmentCount"] = (int?)policy["AttachmentCount"] + change;
            call.World.Iam.PutPolicy(arn, policy);
        }
    }

    private static Answer Locked(CallContext call, Func<CallContext, Answer> write)
    {
        lock (call.World.Iam.Gate)
        {
            return write(call);
        }
    }

    // A copy of its own, which a change may keep.
    private static JsonObject Find(CallContext call)
    {
        var arn = call.Need("PolicyArn");
        return Lookup(call, arn) ?? throw (call.Text("VersionId") is { } version ? IamErrors.NoSuchVersion(arn, version) : IamErrors.NoSuchPolicy(arn));
    }

    private static JsonObject? Lookup(CallContext call, string arn)
    {
        if (ManagedPolicies.Document(arn) is { } document)
        {
            var summary = IamPolicies.ManagedSummary(call.Global, arn[(arn.LastIndexOf('/') + 1)..]);
            summary["PolicyVersionList"] = Json.List(new JsonObject { ["Document"] = document, ["VersionId"] = "v1", ["IsDefaultVersion"] = true, ["CreateDate"] = (string)summary["UpdateDate"]! });
            return summary;
        }

        return IsOwn(call, arn) || arn.Contains("::aws:", StringComparison.Ordinal) ? call.World.FindPolicy(arn)?.DeepClone().AsObject() : null;
    }

    private static bool IsOwn(CallContext call, string arn) => arn.Contains($"::{call.Cell.AccountId}:", StringComparison.Ordinal);

    /// <summary>A policy of the account itself, for changes.</summary>
    private static JsonObject Own(CallContext call)
    {
        var policy = Find(call);
        return IsOwn(call, (string)policy["Arn"]!) ? policy : throw new AwsError("AccessDenied", "Policy is outside your own account.", 403);
    }

    private static void Put(CallContext call, JsonObject policy) => call.World.Iam.PutPolicy((string)policy["Arn"]!, policy);

    private static Answer Create(CallContext call)
    {
        var name = IamLimits.PolicyName(call.Need("PolicyName"));
        var path = IamLimits.Path(call.Text("Path"));
        var arn = $"arn:aws:iam::{call.Cell.AccountId}:policy{path}{name}";
        var policy = new JsonObject
        {
            ["PolicyName"] = name,
            ["PolicyId"] = "ANPA" + Mix.Letters(Mix.Hash(0, Guid.NewGuid().ToString()), 17),
            ["Arn"] = arn,
            ["Path"] = path,
            ["DefaultVersionId"] = "v1",
            ["AttachmentCount"] = 0,
            ["PermissionsBoundaryUsageCount"] = 0,
            ["IsAttachable"] = true,
            ["CreateDate"] = call.World.Now,
            ["UpdateDate"] = call.World.Now,
            ["PolicyVersionList"] = Json.List(NewVersion(call, "v1", isDefault: true)),
            ["Tags"] = IamLimits.Tags(null, call.Input["Tags"]?.AsArray()),
        };
        if (IamLimits.Description(call.Text("Description")) is { } description)
        {
            policy["Description"] = description;
        }

        if (IamService.Policies(call).Any(other => name.Equals((string?)other["PolicyName"], StringComparison.OrdinalIgnoreCase)))
        {
            throw IamErrors.AlreadyExists($"A policy called {name} already exists. Duplicate names are not allowed.");
        }

        Put(call, policy);
        return new JsonObject { ["Policy"] = Summary(policy) };
    }

    private static Answer CreateVersion(CallContext call)
    {
        var policy = Own(call);
        var versions = policy["PolicyVersionList"]!.AsArray();
        if (versions.Count >= IamLimits.VersionsPerPolicy)
        {
            throw IamErrors.LimitExceeded("A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.");
        }

        // Numbers of deleted versions are not used again.
        var last = Math.Max((int?)policy["LastVersion"] ?? 0, versions.Max(version => int.Parse(((string)version!["VersionId"]!)[1..], CultureInfo.InvariantCulture)));
        var isDefault = call.Text("SetAsDefault") == "true";
        var created = NewVersion(call, "v" + Cell.Number(last + 1), isDefault);
        if (isDefault)
        {
            foreach (var version in versions)
            {
                version!["IsDefaultVersion"] = false;
            }

            policy["DefaultVersionId"] = created["VersionId"]!.DeepClone();
        }

        versions.Insert(0, created);
        policy["LastVersion"] = last + 1;
        policy["UpdateDate"] = call.World.Now;
        Put(call, policy);
        return new JsonObject { ["PolicyVersion"] = Json.Pick(created, "VersionId", "IsDefaultVersion", "CreateDate") };
    }

    private static Answer DeleteVersion(CallContext call)
    {
        var policy = Own(call);
        var version = Version(call, policy);
        if ((bool)version["IsDefaultVersion"]!)
        {
            throw IamErrors.DeleteConflict("Cannot delete the default version of a policy.");
        }

        policy["PolicyVersionList"]!.AsArray().Remove(version);
        Put(call, policy);
        return new JsonObject();
    }

    private static Answer Delete(CallContext call)
    {
        var policy = Own(call);
        if ((int)policy["AttachmentCount"]! > 0)
        {
            throw IamErrors.DeleteConflict("Cannot delete a policy attached to entities.");
        }

        if (policy["PolicyVersionList"]!.AsArray().Count > 1)
        {
            throw IamErrors.DeleteConflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.");
        }

        call.World.Iam.RemovePolicy((string)policy["Arn"]!);
        return new JsonObject();
    }

    private static Answer Tag(CallContext call)
    {
        var policy = Own(call);
        policy["Tags"] = IamLimits.Tags(policy["Tags"]?.AsArray(), call.Input["Tags"]?.AsArray());
        Put(call, policy);
        return new JsonObject();
    }

    private static Answer Untag(CallContext call)
    {
        var policy = Own(call);
        var keys = call.Input["TagKeys"]?.AsArray().Select(key => (string)key!).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        policy["Tags"] = Json.List((policy["Tags"]?.AsArray() ?? [])
            .Where(tag => !keys.Contains((string)tag!["Key"]!))
            .Select(tag => tag!.DeepClone()));
        Put(call, policy);
        return new JsonObject();
    }

    private static JsonObject NewVersion(CallContext call, string id, bool isDefault) => new()
    {
        ["Document"] = PolicyGrammar.Managed(call.Need("PolicyDocument")),
        ["VersionId"] = id,
        ["IsDefaultVersion"] = isDefault,
        ["CreateDate"] = call.World.Now,
    };

    private static JsonNode Version(CallContext call, JsonObject policy)
    {
        var id = call.Need("VersionId");
        return Versions(policy).FirstOrDefault(version => (string?)version["VersionId"] == id) ?? throw IamErrors.NoSuchVersion((string)policy["Arn"]!, id);
    }

    private static JsonNode[] Versions(JsonObject policy) => [.. policy["PolicyVersionList"]!.AsArray().Select(version => version!)];
}
