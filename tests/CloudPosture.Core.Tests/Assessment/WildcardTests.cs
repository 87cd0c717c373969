using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Conditions;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment;

public sealed class WildcardTests
{
    private static readonly Gen<string> Patterns = Text("ab*?");
    private static readonly Gen<string> Texts = Text("ab");

    [Fact]
    public void Matching_agrees_with_a_regular_expression() => Holds(Patterns.Zip(Texts), drawn =>
        new Wildcard(drawn.Item1, ignoreCase: false).Matches(drawn.Item2)
            == Regex.IsMatch(drawn.Item2, "^" + Regex.Escape(drawn.Item1).Replace("\\*", ".*").Replace("\\?", ".") + "$"));

    [Fact]
    public void A_pattern_that_covers_another_matches_all_that_it_matches() => Holds(Patterns.Zip(Patterns).Zip(Texts), drawn =>
    {
        var (wide, narrow) = (new Wildcard(drawn.Item1.Item1, false), new Wildcard(drawn.Item1.Item2, false));
        return !wide.Covers(narrow) || !narrow.Matches(drawn.Item2) || wide.Matches(drawn.Item2);
    });

    [Fact]
    public void Patterns_that_match_one_text_overlap() => Holds(Patterns.Zip(Patterns).Zip(Texts), drawn =>
    {
        var (left, right) = (new Wildcard(drawn.Item1.Item1, false), new Wildcard(drawn.Item1.Item2, false));
        return left.Overlaps(right) == right.Overlaps(left)
            && (!left.Matches(drawn.Item2) || !right.Matches(drawn.Item2) || left.Overlaps(right));
    });

    [Theory]
    [InlineData("a*", "b*", false)]
    [InlineData("a*", "*b", true)]
    [InlineData("a?", "a", false)]
    [InlineData("*", "", true)]
    public void Overlap_is_exact(string left, string right, bool expected) =>
        Assert.Equal(expected, new Wildcard(left, false).Overlaps(new Wildcard(right, false)));

    private static Gen<string> Text(string alphabet) => Gen.Elements(alphabet.ToCharArray()).ListOf().Where(list => list.Count <= 8).Select(list => new string(list.ToArray()));

    private static void Holds<T>(Gen<T> drawn, System.Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(drawn.ToArbitrary(), property));
}
