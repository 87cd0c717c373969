using System;
using System.Collections.Generic;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings;

/// <summary>Where nobody knows what there is: what a rule is about could not be listed, or its Region was not looked at.</summary>
/// <param name="regions">The Regions that were looked at.</param>
internal sealed class UnreadPlaces(IReadOnlyCollection<string> regions)
{
    private const string Unlisted = "*";
    private readonly HashSet<(string Rule, string Region)> _unlisted = [];
    private readonly HashSet<string> _regions = new(regions, StringComparer.Ordinal) { ResourceRegion.Global, Unlisted };

    /// <summary>Takes note of a finding that stands for what could not be listed.</summary>
    public void Note(Finding finding)
    {
        if (finding is { Status: FindingStatus.NotAssessed, ResourceId: Unlisted })
        {
            _unlisted.Add((finding.RuleId, finding.Region));
        }
    }

    /// <summary>Whether what a finding was about may be there still.</summary>
    public bool Covers(Finding finding) =>
        !_regions.Contains(finding.Region)
        || _unlisted.Contains((finding.RuleId, finding.Region))
        || _unlisted.Contains((finding.RuleId, ResourceRegion.Global))
        || _unlisted.Contains((finding.RuleId, Unlisted));
}
