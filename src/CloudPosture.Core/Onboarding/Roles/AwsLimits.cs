using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Errors;

namespace CloudPosture.Onboarding.Roles;

/// <summary>What AWS accepts ("IAM and AWS STS quotas", "CreateRole", "AssumeRole", "CreateStackSet").</summary>
public static class AwsLimits
{
    /// <summary>The most units and roots that one operation of a StackSet reaches.</summary>
    internal const int MostUnits = 50;

    private const string TagSigns = "_.:/=+-@";
    private const RegexOptions Exact = RegexOptions.CultureInvariant;
    private static readonly Regex Name = new(@"^[A-Za-z0-9_+=,.@-]+\z", Exact);
    private static readonly Regex PathForm = new(@"^/([A-Za-z0-9_.,+@=-]+/)*\z", Exact);
    private static readonly Regex DescriptionForm = new(@"^[\t\n\r\x20-\x7E\u00A1-\u00FF]*\z", Exact);
    private static readonly Regex ExternalIdForm = new(@"^[A-Za-z0-9_+=,.@:/-]*\z", Exact);
    private static readonly Regex Target = new(@"^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})\z", Exact);
    private static readonly Regex PolicyArn = new(@"^arn:aws[a-z-]*:iam::(aws|[0-9]{12}):policy/[\x21-\x7E]+\z", Exact);

    /// <summary>Whether a text is an account id.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True for 12 digits.</returns>
    public static bool IsAccountId(string text) => text.Length == 12 && text.All(digit => digit is >= '0' and <= '9');

    internal static void CheckAccountId(string id) =>
        Require(IsAccountId(id), $"The account id '{id}' is not 12 digits.");

    internal static void CheckName(string what, string name, int longest) =>
        Require(name.Length >= 1 && name.Length <= longest && Name.IsMatch(name), $"The {what} '{name}' is not 1 to {longest} of: letters, digits and _+=,.@-");

    /// <summary>A role's path may hold more, but its custom policies share it, and theirs may not.</summary>
    internal static void CheckPath(string path) =>
        Require(path.Length <= 512 && PathForm.IsMatch(path), $"The path '{path}' must begin and end with a slash and have at most 512 characters: letters, digits, slashes and _.,+@=-");

    internal static void CheckDescription(string description)
    {
        Require(description.Length <= 1000, $"The description has {description.Length} characters, and IAM accepts 1,000.");
        Require(DescriptionForm.IsMatch(description), "The description holds a character that IAM refuses: it accepts those of Latin-1.");
    }

    internal static void CheckExternalId(string id) =>
        Require(id.Length is >= 2 and <= 1224 && ExternalIdForm.IsMatch(id), $"The external ID '{id}' is not 2 to 1,224 of: letters, digits and _+=,.@:/-");

    internal static void CheckMaxSessionDuration(int seconds) =>
        Require(seconds is >= 3600 and <= 43200, $"The longest session of a role is 3,600 to 43,200 seconds, not {seconds}.");

    internal static void CheckPolicyArn(string arn)
    {
        Require(arn.Length <= 2048, $"The ARN of a policy has at most 2,048 characters, and this one has {arn.Length:N0}: {arn.Substring(0, Math.Min(arn.Length, 64))}…");
        Require(PolicyArn.IsMatch(arn), $"'{arn}' is not the ARN of a policy.");
    }

    /// <summary>A boundary is a policy of AWS's own, or of the role's account.</summary>
    internal static void CheckBoundary(string arn, string? accountId)
    {
        CheckPolicyArn(arn);
        var owner = arn.Split(':')[4];
        Require(owner == "aws" || accountId is null || owner == accountId, $"The permissions boundary '{arn}' is of the account {owner}, and the role of {accountId}: IAM accepts a policy of the role's own account, or of AWS.");
    }

    /// <summary>IAM keeps the case of a key and does not tell keys apart by it.</summary>
    internal static void CheckTagKeys(IEnumerable<string> keys)
    {
        var same = keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        Require(same is null, $"The tag keys '{string.Join("' and '", same ?? Enumerable.Empty<string>())}' differ in case alone, and IAM takes them for one.");
    }

    internal static void CheckTag(string key, string value)
    {
        Require(key.Length > 0 && IsTagText(key, 128), $"The tag key '{key}' is not 1 to 128 of: letters, digits, spaces and _.:/=+-@");
        Require(!key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase), $"The tag key '{key}' begins with 'aws:', which AWS keeps for itself.");
        Require(IsTagText(value, 256), $"The value of the tag '{key}' is not at most 256 of: letters, digits, spaces and _.:/=+-@");
    }

    internal static void CheckTarget(string id) =>
        Require(Target.IsMatch(id), $"'{id}' is neither an organizational unit (ou-abcd-12345678) nor a root (r-abcd).");

    internal static void Require(bool condition, string message, Advice? advice = null)
    {
        if (!condition)
        {
            throw new RoleSpecException(message, advice);
        }
    }

    /// <summary>Counts and looks by code points: letters beyond U+FFFF are two characters in memory, and neither half is one.</summary>
    private static bool IsTagText(string text, int longest)
    {
        var count = 0;
        for (var index = 0; index < text.Length; index += char.IsSurrogatePair(text, index) ? 2 : 1)
        {
            if (++count > longest || !(TagSigns.IndexOf(text[index]) >= 0 || IsTagCategory(CharUnicodeInfo.GetUnicodeCategory(text, index))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTagCategory(UnicodeCategory category) =>
        category is <= UnicodeCategory.OtherLetter or (>= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.ParagraphSeparator);
}
