using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Graph.Relations;

/// <summary>Reads the ids, ARNs or names that a relation's value holds.</summary>
internal static class RelationValue
{
    private const string Everything = "*";
    private const string Place = "s3://";
    private const string BalancerPrefix = "dualstack.";
    private static readonly Regex BucketDomain = new(@"^(?<bucket>.+)\.s3(?:-website)?[.-](?:[a-z0-9.-]+\.)?amazonaws\.com(?:\.cn)?$", RegexOptions.CultureInvariant);
    private static readonly Regex Arn = new("arn:[a-z-]+:[^\"\\s,\\\\]+", RegexOptions.CultureInvariant);
    private static readonly Regex Account = new(@"^(?:arn:[a-z-]+:iam::)?(?<id>\d{12})(?::root)?$", RegexOptions.CultureInvariant);

    /// <summary>What a value names; nothing where it is not of the relation's form.</summary>
    public static IEnumerable<string> Of(string value, RelationEntry relation) => value.Length == 0 || value == Everything ? [] : relation.Form switch
    {
        RelationForm.List => value.Split(',').Select(part => part.Trim()).Where(part => part.Length > 0),
        RelationForm.Uri => value.StartsWith(Place, StringComparison.Ordinal) ? [value.Substring(Place.Length).Split('/')[0]] : [],
        RelationForm.Domain when relation.On is null => BucketDomain.Match(value) is { Success: true } match ? [match.Groups["bucket"].Value] : [],
        RelationForm.Domain => [Domain(value)],
        RelationForm.Account => Account.Match(value) is { Success: true } match ? [match.Groups["id"].Value] : [],
        RelationForm.Text => Arn.Matches(value).Cast<Match>().Select(match => match.Value),
        _ => [value],
    };

    /// <summary>A name of the DNS in the one spelling that is compared.</summary>
    public static string Domain(string name)
    {
        var plain = name.TrimEnd('.').ToLowerInvariant();
        return plain.StartsWith(BalancerPrefix, StringComparison.Ordinal) ? plain.Substring(BalancerPrefix.Length) : plain;
    }
}
