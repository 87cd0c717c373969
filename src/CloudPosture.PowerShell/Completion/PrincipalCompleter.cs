using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the ARNs of harvested users and roles, by their names too, as many as a list can show.</summary>
public sealed class PrincipalCompleter : PostureCompleter
{
    private const int MostOffered = 1000;

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        PostureLake.Open(LakeLocation.Of(boundParameters))
            .ReadResources(new ResourceQuery { Types = ["AWS::IAM::User", "AWS::IAM::Role"] })
            .Where(resource => Display.Text(resource.Arn) == resource.Arn)
            .Take(MostOffered)
            .Select(resource => (resource.Arn, resource.Name));

    /// <inheritdoc/>
    private protected override IEnumerable<string> Aliases(string name) => [name, name.Substring(name.LastIndexOf('/') + 1)];
}
