using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>controlledForAll</c>, of an organization: whether a service or resource control policy that is not AWS's own reaches every active account.
/// The management account is none of them: no control policy binds it.
/// </summary>
internal sealed class ControlledForAll() : OrganizationFunction(["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"])
{
    protected override bool BindsManagement => false;

    protected override bool? Holds(IReadOnlyList<IReadOnlyList<Resource>> levels) =>
        levels.Any(level => level.Any(policy => policy.Configuration.Flag("AwsManaged") == false));
}
