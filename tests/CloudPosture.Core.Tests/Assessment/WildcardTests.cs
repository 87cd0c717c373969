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

    private static Gen<string> Text(string alphabet) => Gen.Elements(alphabet.ToCharArray()).ListOf().Where(list => list.Count <= 8).Select(list => new string(list.ToArray()));

    private static void Holds<T>(Gen<T> drawn, System.Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(drawn.ToArbitrary(), property));
}
