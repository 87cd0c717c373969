using System.Linq;

namespace CloudPosture.Tests.Escalation;

/// <summary>A valid permissions boundary, within the length that a managed policy may have, that it takes too much to judge.</summary>
internal static class HardBoundary
{
    private const int LongestManagedPolicy = 6_144;
    private const int Rounds = 25;

    /// <summary>Everything, letter by letter, over and over; but its holder cannot free itself.</summary>
    public static string[] Statements { get; } = [Letters(), Plant.Deny("iam:*")];

    private static string Letters()
    {
        var actions = string.Join(",", Enumerable.Range(0, Rounds).SelectMany(_ => Enumerable.Range('a', 26).Select(letter => $"\"{(char)letter}*:*\"")));
        var statement = $$"""{"Effect":"Allow","Action":[{{actions}}],"Resource":"*"}""";
        Assert.InRange(statement.Length, 1, LongestManagedPolicy - 200);
        return statement;
    }
}
