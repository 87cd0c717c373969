using System.Collections.Generic;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Html;

/// <summary>What findings are about, each once.</summary>
internal sealed class ResourceTable(StringTable texts, FindingSums sums)
{
    private readonly Dictionary<(int Account, int Region, int Arn, int Type, int Id, int Name), int> _places = [];

    /// <summary>Account, Region, ARN, type, id and name; all but the account are places of texts.</summary>
    public List<(int Account, int Region, int Arn, int Type, int Id, int Name)> Rows { get; } = [];

    public int Add(Finding finding)
    {
        var row = (
            sums.AccountOf(finding.AccountId, finding.AccountName),
            texts.Add(finding.Region),
            texts.Add(finding.ResourceArn),
            texts.Add(finding.ResourceType),
            texts.Add(finding.ResourceId),
            texts.Add(finding.ResourceName));
        if (!_places.TryGetValue(row, out var place))
        {
            place = Rows.Count;
            _places.Add(row, place);
            Rows.Add(row);
        }

        return place;
    }
}
