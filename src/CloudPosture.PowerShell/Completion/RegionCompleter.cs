using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes AWS Regions.</summary>
public sealed class RegionCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        KnownNames.Regions.Select(region => (region, region));
}
