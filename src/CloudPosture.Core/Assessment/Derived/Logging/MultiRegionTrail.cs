using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Derived.Logging;

/// <summary>
/// <c>multiRegionTrail</c>, without arguments: true where a trail that covers all Regions is logging, delivers to its bucket, and records
/// every management event, reading and writing, by classic or advanced selectors. Evidence: the trail. Source: AWS::CloudTrail::Trail.
/// </summary>
internal sealed class MultiRegionTrail : DerivedFunction
{
    public override IReadOnlyList<string> Types => [Trails.Type];

    public override DerivedValue Evaluate(in Subject subject, bool explain) =>
        Trails.ToBucket(subject.Account).FirstOrDefault(Trails.RecordsManagement) is { } trail
            ? DerivedValue.Of(true, explain ? $"{trail.Id} records all management events of all Regions" : null)
            : Trails.WhyUncertain(subject.Account) is { } reason
            ? DerivedValue.Unknown(explain ? $"trails could not be read: {reason}" : null)
            : DerivedValue.Of(false, explain ? $"none of {subject.Account.Resources(Trails.Type).Count} trails covers all Regions, is logging, delivers to its bucket, and records all management events" : null);
}
