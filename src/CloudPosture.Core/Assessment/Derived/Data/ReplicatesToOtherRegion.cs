using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>replicatesToOtherRegion</c>, without arguments, for AWS::S3::Bucket: true where an enabled replication rule copies to a bucket of
/// another Region. Where a bucket of another account lies cannot be told: unknown. Evidence: the destination.
/// </summary>
internal sealed class ReplicatesToOtherRegion : DerivedFunction
{
    private const string Bucket = "AWS::S3::Bucket";
    private static readonly FieldReference Rules = FieldReference.Parse("Replication.Rules");

    public override IReadOnlyList<string> Types => [Bucket];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (Rules.Resolve(subject, out var rules) is var state && state != FieldState.Present)
        {
            return state == FieldState.Unreadable
                ? DerivedValue.Unknown(explain ? $"the replication could not be read: {Rules.WhyUnreadable(subject)}" : null)
                : DerivedValue.Of(false, explain ? "there is no replication" : null);
        }

        string? foreign = null;
        foreach (var arn in rules.Json.EnumerateArray()
            .Where(rule => rule.Text("Status") == "Enabled")
            .Select(rule => rule.Member("Destination")?.Text("Bucket")).OfType<string>())
        {
            if (subject.Account.Resources(Bucket).FirstOrDefault(bucket => string.Equals(bucket.Arn, arn, StringComparison.Ordinal)) is not { } destination)
            {
                foreign = arn;
            }
            else if (destination.Region != subject.Resource.Region)
            {
                return DerivedValue.Of(true, explain ? $"replicates to {destination.Name} in {destination.Region}" : null);
            }
        }

        return foreign is null
            ? DerivedValue.Of(false, explain ? "no enabled rule replicates to another Region" : null)
            : DerivedValue.Unknown(explain ? $"{foreign} is no bucket of the account; its Region is not known" : null);
    }
}
