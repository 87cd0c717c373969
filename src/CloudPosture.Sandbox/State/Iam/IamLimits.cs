using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>IAM's limits of names, paths, tags and sizes (IAM and AWS STS quotas).</summary>
internal static partial class IamLimits
{
    public const int PoliciesPerRole = 10;
    public const int VersionsPerPolicy = 5;
    public const int InlineSize = 10_240;
    private const int TagsPerEntity = 50;

    public static string RoleName(string name) => Name(name, "roleName", 64);

    public static string ProfileName(string name) => Name(name, "instanceProfileName", 128);

    public static string PolicyName(string name) => Name(name, "policyName", 128);

    public static string Path(string? path) => path switch
    {
        null => "/",
        { Length: > 512 } => throw IamErrors.Constraint(path, "path", "have length less than or equal to 512"),
        _ => PathForm().IsMatch(path) ? path : throw IamErrors.Invalid("The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters."),
    };

    public static string? Description(string? description) => description is { Length: > 1000 }
        ? throw IamErrors.Constraint(description, "description", "have length less than or equal to 1000")
        : description;

    /// <summary>Seconds that a session of a role may last.</summary>
    public static int SessionDuration(string? text) => text is null ? 3600 : int.Parse(text, CultureInfo.InvariantCulture) switch
    {
        < 3600 => throw IamErrors.Constraint(text, "maxSessionDuration", "have value greater than or equal to 3600"),
        > 43200 => throw IamErrors.Constraint(text, "maxSessionDuration", "have value less than or equal to 43200"),
        var seconds => seconds,
    };

    /// <summary>Tags with others put over them.</summary>
    public static JsonArray Tags(JsonArray? present, JsonArray? added)
    {
        var tags = new List<(string Key, string Value)>((present ?? []).Select(Tag));
        var given = (added ?? []).Select(Tag).ToList();
        if (given.Select(tag => tag.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count() < given.Count)
        {
            throw IamErrors.InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }

        foreach (var tag in given)
        {
            CheckTag(tag);
            tags.RemoveAll(other => string.Equals(other.Key, tag.Key, StringComparison.OrdinalIgnoreCase));
            tags.Add(tag);
        }

        return tags.Count > TagsPerEntity
            ? throw IamErrors.LimitExceeded($"The number of tags has reached the maximum limit of {TagsPerEntity}.")
            : Json.List(tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }));
    }

    private static (string Key, string Value) Tag(JsonNode? tag) => ((string?)tag!["Key"] ?? "", (string?)tag["Value"] ?? "");

    private static void CheckTag((string Key, string Value) tag)
    {
        if (tag.Key.Length is 0 or > 128 || !TagForm().IsMatch(tag.Key))
        {
            throw IamErrors.Constraint(tag.Key, "tags.1.member.key", @"satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+, and have a length from 1 to 128");
        }

        if (tag.Value.Length > 256 || !TagForm().IsMatch(tag.Value))
        {
            throw IamErrors.Constraint(tag.Value, "tags.1.member.value", @"satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*, and have a length up to 256");
        }

        if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            throw IamErrors.InvalidInput("System tags cannot be added/updated by requester.");
        }
    }

    private static string Name(string name, string member, int longest)
    {
        if (name.Length is 0 || name.Length > longest)
        {
            throw IamErrors.Constraint(name, member, name.Length == 0 ? "have length greater than or equal to 1" : $"have length less than or equal to {longest}");
        }

        return NameForm().IsMatch(name)
            ? name
            : throw IamErrors.Invalid($"The specified value for {member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
    }

    [GeneratedRegex(@"^[\w+=,.@-]+$", RegexOptions.ECMAScript)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^/(?:[\x21-\x2e\x30-\x7e]+/)*$")]
    private static partial Regex PathForm();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$")]
    private static partial Regex TagForm();
}
