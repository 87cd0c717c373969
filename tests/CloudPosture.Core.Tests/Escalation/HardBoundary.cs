using System.Linq;

namespace CloudPosture.Tests.Escalation;

/// <summary>A permissions boundary as IAM takes it that is too hard to judge: what one statement excepts, many others give back. Its holder cannot free itself.</summary>
internal static class HardBoundary
{
    private const int LongestManagedPolicy = 6_144;
    private static readonly string[] Services = [.. Enumerable.Range('a', 26).Select(letter => $"\"{(char)letter}*:*\"")];

    public static string[] Statements { get; } = Written();

    private static string[] Written()
    {
        string[] statements =
        [
            $$"""{"Effect":"Allow","NotAction":[{{string.Join(",", Services)}}],"Resource":"*"}""",
            .. Services.Select(service => $$"""{"Effect":"Allow","Action":{{service}},"Resource":"*"}"""),
            Plant.Deny("iam:*"),
        ];
        Assert.InRange(statements.Sum(statement => statement.Length), 1, LongestManagedPolicy);
        return statements;
    }
}
