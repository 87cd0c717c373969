using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Derived;

namespace CloudPosture.Tests.Assessment;

public sealed class DerivedFunctionsTests
{
    [Fact]
    public void TheHelpOfRulesNamesEachQuestionThatIsComputedAndNoOther()
    {
        var help = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "module", "help", "about_CloudPosture_Rules.md"));
        var section = Regex.Match(help, "## Questions that are computed(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var named = Regex.Matches(section, @"(?m)^    (?<name>[a-z]\w+)(?: \{[^}]*\})?(?:, (?<name>\w+)(?: \{[^}]*\})?)?").SelectMany(line => line.Groups["name"].Captures.Select(name => name.Value));

        Assert.Equal(DerivedFunctions.Names, named.Order(System.StringComparer.Ordinal));
    }
}
