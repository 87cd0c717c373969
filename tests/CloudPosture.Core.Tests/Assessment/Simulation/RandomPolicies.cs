using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>Statements that get in each other's way, within the small world.</summary>
internal static class RandomPolicies
{
    private static readonly Gen<string> Principals = Gen.Elements(
        "\"Principal\":\"*\"", "\"Principal\":\"*\"", "\"Principal\":\"*\"", $"\"Principal\":{{\"AWS\":\"{SmallWorld.Vendor}\"}}",
        $"\"Principal\":{{\"AWS\":[\"{SmallWorld.Own}\",\"{SmallWorld.Vendor}\"]}}", $"\"NotPrincipal\":{{\"AWS\":\"{SmallWorld.Vendor}\"}}", $"\"NotPrincipal\":{{\"AWS\":\"{SmallWorld.Own}\"}}");

    private static readonly Gen<string> Actions =
        from not in Gen.Elements("", "", "Not")
        from names in Gen.Elements("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:*", "*", "sqs:*Message", "sqs:S*", "sns:*", "SQS:sendmessage").NonEmptyListOf()
        select $"\"{not}Action\":[{string.Join(",", names.Take(3).Select(name => $"\"{name}\""))}]";

    private static readonly Gen<string> Resources = Gen.Elements(
        "\"Resource\":\"*\"", "\"Resource\":\"*\"", $"\"Resource\":\"{SmallWorld.Arn}\"", "\"Resource\":\"arn:aws:sqs:*:*:other\"", $"\"NotResource\":\"{SmallWorld.Arn}\"", "\"NotResource\":\"arn:aws:sqs:*:*:other\"");

    private static readonly Gen<string> Conditions =
        from tests in Gen.OneOf(
            Texts("aws:PrincipalAccount", SmallWorld.Own, SmallWorld.Vendor, "1111*", "*"),
            Texts("aws:PrincipalOrgID", "o-vendor", "o-other", "o-*"),
            Texts("aws:PrincipalTag/team", "red", "blue", "red*", "*"),
            Gen.Elements("Bool", "BoolIfExists").Zip(Gen.Elements("true", "false", "False")).Select(drawn => $"\"{drawn.Item1}\":{{\"aws:SecureTransport\":\"{drawn.Item2}\"}}"),
            Gen.Elements("aws:PrincipalOrgID", "aws:PrincipalTag/team").Zip(Gen.Elements("true", "false")).Select(drawn => $"\"Null\":{{\"{drawn.Item1}\":\"{drawn.Item2}\"}}")).ListOf()
        // An operator may stand in a statement once.
        select string.Join(",", tests.Take(3).GroupBy(test => test.Split('{')[0]).Select(same => same.First()));

    /// <summary>One statement.</summary>
    public static Gen<string> Statement { get; } =
        from effect in Gen.Elements("Allow", "Allow", "Deny")
        from statement in WithEffect(effect)
        select statement;

    /// <summary>The statements of one policy.</summary>
    public static Gen<string[]> Statements { get; } = Statement.ListOf().Where(list => list.Count is > 0 and < 6).Select(list => list.ToArray());

    public static Gen<string> WithEffect(string effect) =>
        from principal in Principals
        from action in Actions
        from resource in Resources
        from condition in Conditions
        select $"{{\"Effect\":\"{effect}\",{principal},{action},{resource},\"Condition\":{{{condition}}}}}";

    public static string Document(params string[] statements) => $"{{\"Version\":\"2012-10-17\",\"Statement\":[{string.Join(",", statements)}]}}";

    private static Gen<string> Texts(string key, params string[] values) =>
        from @operator in Gen.Elements("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIfExists", "StringNotEqualsIfExists", "ForAllValues:StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringNotLike")
        from drawn in Gen.Elements(values).NonEmptyListOf()
        select $"\"{@operator}\":{{\"{key}\":[{string.Join(",", drawn.Take(2).Select(value => $"\"{value}\""))}]}}";
}
