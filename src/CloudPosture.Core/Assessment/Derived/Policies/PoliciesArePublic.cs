using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Content.Yaml;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>policiesArePublic</c>, with <c>of</c> (a type whose resources are policies for a whole Region, such as those of CloudWatch Logs) and
/// <c>document</c> (the path of the document in them): true where one of them in the resource's Region lets someone outside the account and
/// its organization in to this resource. Evidence: the policy and its statement.
/// </summary>
internal sealed class PoliciesArePublic(YamlMap arguments) : DerivedFunction
{
    private readonly string _type = arguments.Required("of");
    private readonly FieldReference _field = Operators.Reference(arguments, "document");

    public override IReadOnlyList<string> Types => [_type, OrganizationTypes.Organization];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var account = subject.Account;
        var region = subject.Resource.Region;
        var owner = OwnerOf.Subject(subject);
        var target = PolicyTarget.Of(subject.Resource.Arn).Alone();
        var unknown = account.WhyMissing(_type, region);
        foreach (var holder in account.Resources(_type).Where(holder => holder.Region == region))
        {
            if (_field.Resolve(new Subject(holder, account), out var value) != FieldState.Present || PolicyDocument.Parse(value.Json) is not { } policy)
            {
                unknown ??= $"policy {holder.Id} could not be read or understood";
                continue;
            }

            var exposure = ResourcePolicy.Public(policy, owner, target);
            if (exposure.Reach == Reach.Public)
            {
                return DerivedValue.Of(true, explain ? $"policy {holder.Id}: {exposure.Describe()}" : null);
            }

            unknown ??= exposure.IsUndecided ? $"policy {holder.Id}: {exposure.WhyUndecided}" : null;
        }

        return unknown is not null
            ? DerivedValue.Unknown(explain ? unknown : null)
            : DerivedValue.Of(false, explain ? "no policy of the Region is public" : null);
    }
}
