using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>Adversarial statements about what the wide world's requests can say, in every operator's forms.</summary>
internal static class WidePolicies
{
    private static readonly string[] Forms = ["", "", "", "IfExists"];
    private static readonly string[] Quantifiers = ["ForAllValues:", "ForAnyValue:"];

    private static readonly Gen<string> Principals = Gen.Elements(
        "\"Principal\":\"*\"", "\"Principal\":\"*\"", "\"Principal\":{\"AWS\":\"*\"}", $"\"Principal\":{{\"AWS\":\"{WideWorld.Vendor}\"}}",
        $"\"NotPrincipal\":{{\"AWS\":\"{WideWorld.Own}\"}}");

    private static readonly Gen<string> Actions =
        from not in Gen.Elements("", "", "Not")
        from names in Gen.Elements("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:*", "*", "sqs:*Message", "sqs:S*", "sns:*", "SQS:sendmessage", "sqs:?e*Message").NonEmptyListOf()
        select $"\"{not}Action\":[{string.Join(",", names.Take(3).Select(name => $"\"{name}\""))}]";

    private static readonly Gen<string> Resources = Gen.Elements(
        "\"Resource\":\"*\"", "\"Resource\":\"*\"", $"\"Resource\":\"{WideWorld.Queue}\"", "\"Resource\":\"arn:aws:sqs:*:${aws:ResourceAccount}:*\"", "\"NotResource\":\"arn:aws:sqs:*:*:other\"");

    // Not here: a key compared with a variable for itself, or for another key of the same principal. Ours takes the two for chosen apart, and may say public of what is open to nobody.
    private static readonly Gen<string> Tests = Gen.OneOf(
        Texts("aws:PrincipalAccount", WideWorld.Own, WideWorld.Vendor, "1111*", "${aws:ResourceAccount}"),
        Texts("aws:PrincipalOrgID", "o-own", "o-vendor", "o-*", "O-OWN"),
        Texts("aws:PrincipalTag/team", "red", "red*", "*", "${aws:ResourceAccount}"),
        Texts("aws:SourceVpce", "vpce-own", "vpce-*"),
        Texts("aws:SourceVpc", "vpc-own", "*"),
        Texts("aws:VpceAccount", WideWorld.Own, "${aws:ResourceAccount}", "*"),
        Several("aws:PrincipalOrgPaths", "o-own/*", "o-own/r-1/*", "*"),
        Several("aws:TagKeys", "a", "b", "*"),
        Draw("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/*", "arn:*:iam::${aws:ResourceAccount}:*", "arn:aws:iam::*:role/111122223333:*"),

        Draw("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:user/*"),
        Draw("StringLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:*", "arn:aws:iam::*:role/111122223333:*"),
        Draw("IpAddress", "aws:SourceIp", "203.0.113.0/24", "0.0.0.0/0", "0.0.0.0/1"),
        Draw("NotIpAddress", "aws:SourceIp", "203.0.113.0/24", "128.0.0.0/1"),
        Draw("Bool", "aws:SecureTransport", "true", "false", "False"),
        Draw("Bool", "aws:MultiFactorAuthPresent", "true", "false"),
        Draw("Bool", "aws:PrincipalIsAWSService", "true", "false"),
        Gen.Elements("aws:PrincipalOrgID", "aws:MultiFactorAuthPresent", "aws:SourceIp", "aws:SourceVpce", "aws:TagKeys", "aws:PrincipalTag/team").Zip(Gen.Elements("true", "false")).Select(drawn => $"\"Null\":{{\"{drawn.Item1}\":\"{drawn.Item2}\"}}"));

    /// <summary>One statement.</summary>
    public static Gen<string> Statement { get; } = Gen.Elements("Allow", "Allow", "Deny").SelectMany(WithEffect);

    /// <summary>The statements of one policy.</summary>
    public static Gen<string[]> Statements { get; } = Statement.ListOf().Where(list => list.Count is > 0 and < 5).Select(list => list.ToArray());

    public static Gen<string> WithEffect(string effect) =>
        from principal in Principals
        from action in Actions
        from resource in Resources
        from tests in Tests.ListOf()
        let condition = string.Join(",", tests.Take(2).GroupBy(test => test.Split('{')[0]).Select(same => same.First()))
        select $"{{\"Effect\":\"{effect}\",{principal},{action},{resource},\"Condition\":{{{condition}}}}}";

    private static Gen<string> Texts(string key, params string[] values) =>
        Gen.Elements("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase").SelectMany(name => Draw(name, key, values));

    private static Gen<string> Draw(string name, string key, params string[] values) =>
        from form in Gen.Elements(Forms)
        from drawn in Gen.Elements(values).NonEmptyListOf()
        select $"\"{name}{form}\":{{\"{key}\":[{Listed(drawn)}]}}";

    private static Gen<string> Several(string key, params string[] values) =>
        from quantifier in Gen.Elements(Quantifiers)
        from name in Gen.Elements("StringEquals", "StringLike", "StringNotLike")
        from form in Gen.Elements(Forms)
        from drawn in Gen.Elements(values).NonEmptyListOf()
        select $"\"{quantifier}{name}{form}\":{{\"{key}\":[{Listed(drawn)}]}}";

    private static string Listed(System.Collections.Generic.IEnumerable<string> values) => string.Join(",", values.Take(2).Select(value => $"\"{value}\""));
}
