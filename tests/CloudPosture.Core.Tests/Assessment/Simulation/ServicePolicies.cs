using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>Statements about a service that acts for somebody.</summary>
internal static class ServicePolicies
{
    public static Gen<string[]> Statements(string service) =>
        Statement(service).ListOf().Where(list => list.Count is > 0 and < 4).Select(list => list.ToArray());

    private static Gen<string> Statement(string service) =>
        from effect in Gen.Elements("Allow", "Allow", "Deny")
        from tests in Tests.ListOf()
        let condition = string.Join(",", tests.Take(2).GroupBy(test => test.Split('{')[0]).Select(same => same.First()))
        select $"{{\"Effect\":\"{effect}\",\"Principal\":{{\"Service\":\"{service}\"}},\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\",\"Condition\":{{{condition}}}}}";

    private static readonly Gen<string> Tests = Gen.OneOf(
        Draw(["StringEquals", "StringLike", "StringNotEquals", "StringEqualsIfExists", "StringNotEqualsIfExists"], "aws:SourceAccount", "111122223333", "${aws:ResourceAccount}", "*"),
        Draw(["ArnLike", "ArnEquals", "ArnNotLike", "StringLike", "ArnLikeIfExists"], "aws:SourceArn", "arn:aws:s3:::ours", "arn:aws:*:*:111122223333:*", "arn:aws:s3:::*", "*:111122223333:*"),
        Draw(["StringEquals", "StringNotEquals", "StringEqualsIfExists"], "aws:SourceOrgID", "o-own"),
        Gen.Elements("\"Null\":{\"aws:SourceArn\":\"true\"}", "\"Null\":{\"aws:SourceAccount\":\"false\"}", "\"Bool\":{\"aws:PrincipalIsAWSService\":\"true\"}", "\"Bool\":{\"aws:PrincipalIsAWSService\":\"false\"}"));

    private static Gen<string> Draw(string[] operators, string key, params string[] values) =>
        from name in Gen.Elements(operators)
        from value in Gen.Elements(values)
        select $"\"{name}\":{{\"{key}\":\"{value}\"}}";
}
