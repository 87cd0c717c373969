using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived.Logging;

/// <summary>
/// <c>trailLogsS3Events</c>, with <c>readWrite</c> (read or write): true where a trail that covers all Regions is logging, delivers, and records
/// the reading, or the writing, of the objects of every bucket, by classic or advanced selectors. Evidence: the trail.
/// Source: AWS::CloudTrail::Trail.
/// </summary>
internal sealed class TrailLogsS3Events(YamlMap arguments) : DerivedFunction
{
    private readonly bool _writes = arguments.Required("readWrite") is not null && arguments.Choice("readWrite", false, ("read", false), ("write", true));

    public override IReadOnlyList<string> Types => [Trails.Type];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var what = _writes ? "writes" : "reads";
        return Trails.ToBucket(subject.Account).FirstOrDefault(trail => Trails.RecordsObjects(trail, _writes)) is { } trail
            ? DerivedValue.Of(true, explain ? $"{trail.Id} records {what} of all objects" : null)
            : Trails.WhyUncertain(subject.Account) is { } reason
            ? DerivedValue.Unknown(explain ? $"trails could not be read: {reason}" : null)
            : DerivedValue.Of(false, explain ? $"no active multi-Region trail records {what} of all objects in S3" : null);
    }
}
