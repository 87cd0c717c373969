using System.Collections.Generic;
using System.Runtime.CompilerServices;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived;

/// <summary>Finds the resources of one type by Region and id, sorted once an account.</summary>
internal sealed class RegionalIndex(string type)
{
    private readonly ConditionalWeakTable<AccountIndex, Dictionary<(string Region, string Id), Resource>> _accounts = new();

    /// <summary>The resource with the id in the subject's Region; null where there is none.</summary>
    public Resource? Find(in Subject subject, string id) =>
        _accounts.GetValue(subject.Account, Build).TryGetValue((subject.Resource.Region, id), out var resource) ? resource : null;

    private Dictionary<(string Region, string Id), Resource> Build(AccountIndex account)
    {
        var byId = new Dictionary<(string Region, string Id), Resource>();
        foreach (var resource in account.Resources(type))
        {
            byId[(resource.Region, resource.Id)] = resource;
        }

        return byId;
    }
}
