using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>The policy documents of one IAM resource: a managed policy's default version, or the inline policies of a user, group or role.</summary>
internal static class IdentityPolicies
{
    private static readonly FieldReference AwsVersion = FieldReference.Parse("PolicyVersion");
    private static readonly FieldReference OwnVersions = FieldReference.Parse("PolicyVersionList");

    private static readonly FieldReference[] InlineLists =
    [
        FieldReference.Parse("UserPolicyList"), FieldReference.Parse("GroupPolicyList"), FieldReference.Parse("RolePolicyList"),
    ];

    /// <summary>Finds the documents.</summary>
    /// <param name="subject">The resource.</param>
    /// <param name="documents">Each with its name; null where it could not be understood.</param>
    /// <returns>False where some could not be read.</returns>
    public static bool TryFind(in Subject subject, out List<(string Name, PolicyDocument? Document)> documents)
    {
        documents = [];
        return TryAddManaged(subject, documents) & TryAddInline(subject, documents);
    }

    private static bool TryAddManaged(in Subject subject, List<(string Name, PolicyDocument? Document)> documents)
    {
        var isOfAws = AwsVersion.Resolve(subject, out var version);
        if (isOfAws == FieldState.Present)
        {
            documents.Add(("the policy", Parse(version.Json, "Document")));
        }

        var state = OwnVersions.Resolve(subject, out var versions);
        if (state == FieldState.Present && versions.IsArray)
        {
            foreach (var candidate in versions.Json.EnumerateArray())
            {
                if (candidate.Flag("IsDefaultVersion"))
                {
                    documents.Add(("the policy", Parse(candidate, "Document")));
                }
            }
        }

        return isOfAws != FieldState.Unreadable && state != FieldState.Unreadable;
    }

    private static bool TryAddInline(in Subject subject, List<(string Name, PolicyDocument? Document)> documents)
    {
        var isRead = true;
        foreach (var list in InlineLists)
        {
            var state = list.Resolve(subject, out var policies);
            isRead &= state != FieldState.Unreadable;
            if (state != FieldState.Present || !policies.IsArray)
            {
                continue;
            }

            foreach (var inline in policies.Json.EnumerateArray())
            {
                documents.Add(($"inline policy {inline.Text("PolicyName")}", Parse(inline, "PolicyDocument")));
            }
        }

        return isRead;
    }

    private static PolicyDocument? Parse(JsonElement holder, string member) =>
        holder.Member(member) is { } document ? PolicyDocument.Parse(document) : null;
}
