using System;
using System.Collections.Generic;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>A request with keys that may have several values, or be of a service that acts for somebody.</summary>
internal sealed record WideRequest(string Account, string Action, string Resource, IReadOnlyDictionary<string, string[]> Context, string? Service = null)
{
    /// <summary>The values of a key, in any case; null where the request has it not.</summary>
    public string[]? Values(string key)
    {
        foreach (var pair in Context)
        {
            if (string.Equals(pair.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return pair.Value;
            }
        }

        return null;
    }
}
