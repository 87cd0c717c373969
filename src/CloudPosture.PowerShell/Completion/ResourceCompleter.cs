using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the names of harvested resources, as many as a list can show.</summary>
public sealed class ResourceCompleter : PostureCompleter
{
    private const int MostOffered = 1000;

    // Tab must answer at once, however much the lake holds.
    private const int MostRead = 100_000;

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        PostureLake.Open(LakeLocation.Of(boundParameters))
            .ReadResources(new ResourceQuery { Types = boundParameters["ResourceType"] switch { string type => [type], string[] types => types, _ => null } })
            .Take(MostRead)
            .Where(resource => IsWanted(resource.Name))
            .Take(MostOffered)
            .GroupBy(resource => resource.Name)
            .Select(same => (same.Key, same.First().Arn));
}
