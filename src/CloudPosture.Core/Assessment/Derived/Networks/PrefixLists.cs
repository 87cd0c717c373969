using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>Looks up the networks of managed prefix lists.</summary>
internal static class PrefixLists
{
    /// <summary>The type that holds them, each with its <c>Entries</c>.</summary>
    public const string Type = "AWS::EC2::PrefixList";

    private const string Aws = "AWS";

    /// <summary>The networks of a list; null where they were not read.</summary>
    /// <param name="id">The list's id.</param>
    /// <param name="subject">The resource that names it.</param>
    public static IReadOnlyList<string>? CidrsOf(string id, in Subject subject)
    {
        var list = subject.Account.Resources(Type).FirstOrDefault(resource => resource.Id == id);
        if (list is null || list.Gaps.Any(gap => gap.Field is null or "Entries"))
        {
            return null;
        }

        // What AWS keeps for its own services, S3 or CloudFront, is never the Internet.
        return string.Equals(list.Configuration.Text("OwnerId"), Aws, StringComparison.Ordinal) ? []
            : list.Configuration.Member("Entries") is null ? null
            : [.. list.Configuration.Items("Entries").Select(entry => entry.Text("Cidr")).OfType<string>()];
    }
}
