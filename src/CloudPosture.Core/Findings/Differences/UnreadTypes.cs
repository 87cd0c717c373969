using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Differences;

/// <summary>The lists that could not be read: what is missing from one of them may be there all the same.</summary>
internal sealed class UnreadTypes(IEnumerable<ReadGap> gaps)
{
    private readonly HashSet<(string Type, string Region)> _lists = [.. gaps.Where(gap => gap.Field is null).Select(gap => (gap.ResourceType, gap.Region))];

    /// <summary>Whether a resource lies where a list could not be read.</summary>
    public bool Hides(Resource resource) => _lists.Contains((resource.Type, resource.Region)) || _lists.Contains((resource.Type, ResourceRegion.Global));
}
