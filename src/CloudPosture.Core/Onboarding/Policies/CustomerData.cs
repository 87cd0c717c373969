using System;
using System.Collections.Generic;
using System.Linq;
using YamlDotNet.Serialization;

namespace CloudPosture.Onboarding.Policies;

/// <summary>Which reading actions return what customers store or process; customer-data.yaml says why.</summary>
internal static class CustomerData
{
    private static readonly Lazy<ILookup<string, (string Pattern, string Reason, bool IsOnRequest)>> Patterns = new(Read);

    public static IEnumerable<string> All => Patterns.Value.SelectMany(service => service).Select(entry => entry.Pattern);

    public static string? ReasonFor(string action) => Find(action).Reason;

    /// <summary>Whether what an action returns may be read where somebody asks for it, and is reduced before any of it is kept.</summary>
    public static bool IsOnRequest(string action) => Find(action).IsOnRequest;

    private static (string Pattern, string? Reason, bool IsOnRequest) Find(string action) =>
        Patterns.Value[ActionPattern.ServiceOf(action) ?? ""].FirstOrDefault(entry => ActionPattern.Matches(entry.Pattern, action));

    private static ILookup<string, (string Pattern, string Reason, bool IsOnRequest)> Read()
    {
        using var yaml = EmbeddedData.Open("customer-data.yaml");
        var entries = new DeserializerBuilder().Build().Deserialize<List<Dictionary<string, object>>>(yaml);
        return (from entry in entries
                from action in (List<object>)entry["actions"]
                select (Pattern: (string)action, Reason: (string)entry["reason"], IsOnRequest: entry.ContainsKey("onRequest")))
            .ToLookup(entry => ActionPattern.ServiceOf(entry.Pattern)!, StringComparer.OrdinalIgnoreCase);
    }
}
