using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Policies;

/// <summary>
/// Tells how far a condition lets requests through, after what AWS calls "public" for S3 and IAM Access Analyzer: a condition
/// confines only where its key says who or where a request comes from, it cannot be met by leaving the key out, and every value is fixed.
/// </summary>
internal static class Confinement
{
    private static readonly HashSet<string> AccountKeys = new(StringComparer.Ordinal)
    {
        "aws:sourceaccount", "aws:sourceowner", "aws:principalaccount", "kms:calleraccount", "s3:dataaccesspointaccount",
    };

    private static readonly HashSet<string> ArnKeys = new(StringComparer.Ordinal)
    {
        "aws:sourcearn", "aws:principalarn", "s3:dataaccesspointarn", "elasticfilesystem:accesspointarn",
    };

    private static readonly HashSet<string> FixedKeys = new(StringComparer.Ordinal)
    {
        "aws:principalorgid", "aws:sourceorgid", "aws:sourcevpc", "aws:sourcevpce", "lambda:eventsourcetoken",
        "aws:principalservicename", "aws:principalservicenameslist",
    };

    // Organization paths and user ids may end in a wildcard; what confines them stands before the separator.
    private static readonly Dictionary<string, char> PrefixKeys = new(StringComparer.Ordinal)
    {
        ["aws:principalorgpaths"] = '/',
        ["aws:sourceorgpaths"] = '/',
        ["aws:userid"] = ':',
    };

    private static readonly HashSet<string> TrueKeys = new(StringComparer.Ordinal)
    {
        "aws:principalisawsservice", "elasticfilesystem:accessedviamounttarget",
    };

    // These two name the resource's own side, so comparing a principal with them is as good as a fixed value.
    private static readonly HashSet<string> OwnVariables = new(StringComparer.OrdinalIgnoreCase) { "${aws:ResourceAccount}", "${aws:ResourceOrgID}" };

    /// <summary>How far requests that meet all conditions can come.</summary>
    public static Reach Of(IEnumerable<PolicyCondition> conditions, string accountId)
    {
        var reach = Reach.Public;
        foreach (var condition in conditions)
        {
            var one = Of(condition, accountId);
            reach = one < reach ? one : reach;
        }

        return reach;
    }

    /// <summary>How far requests that meet the condition can come.</summary>
    public static Reach Of(PolicyCondition condition, string accountId)
    {
        if (condition.HoldsWhenAbsent || condition.Values.Count == 0)
        {
            return Reach.Public;
        }

        var reach = Reach.Own;
        foreach (var value in condition.Values)
        {
            var one = Of(condition, value, accountId);
            reach = one > reach ? one : reach;
        }

        return reach;
    }

    private static Reach Of(PolicyCondition condition, string value, string accountId)
    {
        var (key, name) = (condition.Key, condition.Operator);
        var isText = name is "stringequals" or "stringequalsignorecase" or "stringlike" or "arnequals" or "arnlike";
        // Equality takes wildcards literally, so that nothing but a variable can open it.
        var isFixed = name is "stringequals" or "stringequalsignorecase" ? value.Length > 0 && !value.Contains("${") : Arn.IsFixed(value);
        if (isText && OwnVariables.Contains(value))
        {
            return key == "aws:principalorgid" ? Reach.Others : Reach.Own;
        }

        if (isText && AccountKeys.Contains(key))
        {
            return !isFixed ? Reach.Public : value == accountId ? Reach.Own : Reach.Others;
        }

        if (isText && ArnKeys.Contains(key))
        {
            return !isFixed && !Arn.IsFixedOwner(value) ? Reach.Public : Arn.AccountOf(value) == accountId ? Reach.Own : Reach.Others;
        }

        var confines = name switch
        {
            "bool" => TrueKeys.Contains(key) && value == "true",
            "ipaddress" => key == "aws:sourceip" && IpRange.IsConfining(value),
            _ when !isText => false,
            _ when PrefixKeys.TryGetValue(key, out var separator) => isFixed || (value.IndexOf(separator) is > 0 and var end && Arn.IsFixed(value.Substring(0, end))),
            _ => FixedKeys.Contains(key) && isFixed,
        };
        return !confines ? Reach.Public : key == "aws:principalisawsservice" ? Reach.Own : Reach.Others;
    }
}
