using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes where paths may begin: the Internet, and VPCs that were harvested.</summary>
public sealed class PathOriginCompleter : PostureCompleter
{
    private const int MostOffered = 1000;

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
    [
        ("Internet", "Anybody; or give an address, a network, or the ARN of a user or role"),
        .. PostureLake.Open(LakeLocation.Of(boundParameters)).ReadResources(new ResourceQuery { Types = ["AWS::EC2::VPC"] }).Take(MostOffered).Select(vpc => (vpc.Id, vpc.Name)),
    ];

    /// <inheritdoc/>
    private protected override bool IsSorted => true;
}
