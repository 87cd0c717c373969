using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Knows which instances Systems Manager reaches.</summary>
internal sealed class ManagedInstances
{
    public const string Type = "AWS::SSM::ManagedInstance";
    private readonly Dictionary<string, HashSet<string>?> _online = new(StringComparer.Ordinal);

    /// <summary>Whether an instance is reached; null where that was not read.</summary>
    public bool? Reaches(IdentityAccount account, string instanceId)
    {
        if (!_online.TryGetValue(account.AccountId, out var online))
        {
            online = !account.WasRead(Type) ? null : new HashSet<string>(
                account.Others[Type].Where(instance => instance.Configuration.Text("PingStatus") is null or "Online").Select(instance => instance.Id),
                StringComparer.Ordinal);
            _online[account.AccountId] = online;
        }

        return online?.Contains(instanceId);
    }
}
