using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>
/// What ARNs look like that AWS itself writes into requests, by the key that holds them. Neither accounts nor Regions, ids or names of
/// these resources hold a colon, so that each part stands where it belongs, and a pattern that reaches over colons finds no other there.
/// After "AWS global condition context keys" and the lists of resources and condition keys of the single services.
/// </summary>
internal static class AssignedArns
{
    private const int Region = 3;
    private const int Account = 4;

    // What follows the partition; {0} is the account.
    private static readonly Dictionary<string, string[]> Forms = new(StringComparer.Ordinal)
    {
        ["aws:sourcevpcarn"] = ["ec2:*:{0}:vpc/*"],
        ["aws:chatbotsourcearn"] = ["chatbot:*:{0}:chat-configuration/*"],
        ["s3:dataaccesspointarn"] = ["s3:*:{0}:accesspoint/*", "s3express:*:{0}:accesspoint/*", "s3-outposts:*:{0}:outpost/*"],
        ["elasticfilesystem:accesspointarn"] = ["elasticfilesystem:*:{0}:access-point/*"],
        ["ec2:sourceinstancearn"] = ["ec2:*:{0}:instance/*"],
        ["ssm:sourceinstancearn"] = ["ec2:*:{0}:instance/*", "ssm:*:{0}:managed-instance/*"],
        ["lambda:sourcefunctionarn"] = ["lambda:*:{0}:function:*"],
        ["s3:x-amz-server-side-encryption-aws-kms-key-id"] = ["kms:*:{0}:key/*", "kms:*:{0}:alias/*"],
    };

    /// <summary>Whether the values of a key are such ARNs.</summary>
    /// <param name="key">The key in lower case.</param>
    public static bool AreIn(string key) => Forms.ContainsKey(key);

    /// <summary>What a key can be.</summary>
    /// <param name="key">The key in lower case.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="account">The account, or a pattern of it.</param>
    /// <param name="isOwner">Whether an account is the one, or one of those, that are meant.</param>
    public static Domain Of(string key, string partition, string account, Func<string?, bool> isOwner) =>
        WellFormed(partition, account, isOwner, Forms[key]);

    /// <summary>ARNs of some forms of which each part stands where it belongs.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="account">The account, or a pattern of it.</param>
    /// <param name="isOwner">Whether an account is the one, or one of those, that are meant.</param>
    /// <param name="forms">What follows the partition.</param>
    public static Domain WellFormed(string partition, string account, Func<string?, bool> isOwner, params string[] forms)
    {
        string[] shapes = [.. forms.Select(form => $"arn:{partition}:{form.Replace("{0}", account)}")];
        Glob[][] parts = [.. shapes.Select(shape => shape.Split(':').Select(Glob.Of).ToArray())];
        return Domain.Shaped(arn => isOwner(Arn.OwnerOf(arn)) && arn.Split(':') is var own && Array.Exists(parts, form => IsOf(form, own)), shapes);
    }

    private static bool IsOf(Glob[] form, string[] parts) => form.Length == parts.Length && IsRegion(parts[Region]) && parts[Account].IndexOf('/') < 0 && form.Zip(parts, (pattern, part) => pattern.Matches(part)).All(matches => matches);

    private static bool IsRegion(string text) => text.Length == 0 || (text.IndexOf('/') < 0 && !text.All(char.IsDigit));
}
