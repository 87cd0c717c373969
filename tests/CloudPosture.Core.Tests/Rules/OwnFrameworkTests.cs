using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Content;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Rules;

/// <summary>Frameworks that people write, on their own and on others.</summary>
public sealed class OwnFrameworkTests : IDisposable
{
    private const string Base = """
        id: base
        short: Base 1
        title: A base
        version: "1"
        requirements:
          - {id: "1.1", title: one, level: 1, rules: [Test.Rule]}
          - {id: "1.2", title: two, level: 2, rules: [Test.Rule]}
          - {id: "2.1", title: three, level: 1, manual: Look at three.}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudposture-frameworks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("{id: base}", "1.1 one, 1.2 two, 2.1 three, O.1 own")]
    [InlineData("{id: base, level: 1}", "1.1 one, 2.1 three, O.1 own")]
    [InlineData("{id: base, without: ['1.2']}", "1.1 one, 2.1 three, O.1 own")]
    [InlineData("{id: base, without: ['1.*']}", "2.1 three, O.1 own")]
    [InlineData("{id: base, only: ['2.*']}", "2.1 three, O.1 own")]
    [InlineData("{id: BASE, prefix: 'B ', only: ['1.1']}", "B 1.1 one, O.1 own")]
    public void AFrameworkTakesOverWhatItSaysOfAnother(string based, string expected)
    {
        Write("base.yaml", Base);
        Write("own.yaml", Own(based, "{id: O.1, title: own, rules: [Test.Rule]}"));

        Assert.Equal(expected, string.Join(", ", Load().Find("own")!.Requirements.Select(requirement => $"{requirement.Id} {requirement.Title}")));
    }

    [Fact]
    public void WhatIsStatedAnewTakesThePlaceOfTheBases()
    {
        Write("base.yaml", Base);
        Write("own.yaml", Own("{id: base}", "{id: '1.2', title: anew, rules: [Test.Rule]}"));

        Assert.Equal(["one", "anew", "three"], Load().Find("own")!.Requirements.Select(requirement => requirement.Title));
    }

    [Theory]
    [InlineData("{id: bsae}", 5, "Did you mean 'base'?")]
    [InlineData("{id: base, without: ['1.11']}", 5, "no requirement '1.11'. Did you mean '1.1'?")]
    [InlineData("{id: base, only: ['9.*']}", 5, "no requirement '9.*'")]
    [InlineData("{id: own}", 5, "based on itself: own on own.")]
    [InlineData("{id: round}", 5, "based on itself: own on round on own. Take one of them out")]
    [InlineData("{id: base, levle: 1}", 5, "levle")]
    [InlineData("{id: flat, level: 1}", 5, "has no levels")]
    public void AMistakeInABaseSaysWhereAndWhatWasMeant(string based, int line, string remedy)
    {
        Write("base.yaml", Base);
        Write("flat.yaml", "{id: flat, title: t, version: '1', requirements: [{id: a, title: t, rules: [Test.Rule]}]}");
        Write("round.yaml", "{id: round, title: t, version: '1', basedOn: [{id: own}], requirements: []}");
        Write("own.yaml", Own(based, "{id: O.1, title: own, rules: [Test.Rule]}"));

        var problem = Assert.Throws<ContentException>(Load);

        Assert.Equal((Path.Combine(_folder.FullName, "own.yaml"), line), (problem.File, (int)problem.Line));
        Assert.Contains(remedy, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameNumberFromTwoBasesIsNotLostWithoutAWord()
    {
        Write("base.yaml", Base);
        Write("other.yaml", Base.Replace("id: base", "id: other", StringComparison.Ordinal));
        Write("own.yaml", Own("{id: base}\n  - {id: other}", "{id: O.1, title: own, rules: [Test.Rule]}"));

        Assert.Contains("'prefix'", Assert.Throws<ContentException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckTellsOfEveryMistakeAtItsLine()
    {
        var file = Write("own.yaml", """
            id: own
            title: Own
            version: "1"
            requirements:
              - {id: a, title: one, rules: [Test.Rlue, Test.Rule]}
              - {id: a2, title: two}
              - {id: a, title: three, rules: [Test.Rule]}
              - {id: b, titel: four, rules: [Test.Rule]}
              - {id: a, title: five, rules: [Test.Rule]}
            """);
        var broken = Write("broken.yaml", "id: [");
        var problems = new List<ContentException>();

        BenchmarkSet.Check(Shipped.Content, Given.RuleOnBuckets("{always: true}"), [file, broken], problems.Add);

        Assert.Equal([5, 6, 7, 8, 9], problems.Where(problem => problem.File == file).Select(problem => (int)problem.Line));
        Assert.Contains("Did you mean 'Test.Rule'?", problems[0].Message, StringComparison.Ordinal);
        Assert.Single(problems, problem => problem.File == broken);
    }

    [Fact]
    public void ACheckTellsOfEveryMistakeInBases()
    {
        Write("base.yaml", Base);
        var own = Write("own.yaml", Own("{id: base, without: ['1.11', '9.9']}\n  - {id: bsae}\n  - {id: round}", "{id: O.1, title: own, rules: [Test.Rule]}"));
        var round = Write("round.yaml", "{id: round, title: t, version: '1', basedOn: [{id: own}], requirements: []}");
        var above = Write("above.yaml", "{id: above, title: t, version: '1', basedOn: [{id: own, prefix: x}], requirements: []}");
        var problems = new List<ContentException>();

        BenchmarkSet.Check(Shipped.Content, Given.RuleOnBuckets("{always: true}"), [_folder.FullName], problems.Add);

        Assert.Equal([(own, 5), (own, 5), (own, 6), (own, 7), (round, 1)], problems.Select(problem => (problem.File, (int)problem.Line)));
        Assert.Equal(["'1.11'", "'9.9'", "'bsae'", "own on round on own", "round on own on round"], problems.Zip(["'1.11'", "'9.9'", "'bsae'", "own on round on own", "round on own on round"], (problem, part) => problem.Message.Contains(part, StringComparison.Ordinal) ? part : problem.Message));
        Assert.DoesNotContain(problems, problem => problem.File == above);
    }

    [Fact]
    public void ACheckTellsOfAFileWithoutAFramework()
    {
        var file = Write("empty.yaml", "# nothing yet");
        var problems = new List<ContentException>();

        BenchmarkSet.Check(Shipped.Content, Given.RuleOnBuckets("{always: true}"), [file], problems.Add);

        Assert.Contains("no framework", Assert.Single(problems, problem => problem.File == file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequirementsAreNamedStandardByStandard()
    {
        Write("base.yaml", Base);
        Write("own.yaml", Own("{id: base, level: 1}", "{id: O.1, title: own, rules: [Test.Rule]}"));
        var all = Load();

        Assert.Equal("Base 1 1.1, 1.2; own 1.1, O.1", RequirementText.Of(all.SelectMany(benchmark => benchmark.Requirements.Where(requirement => requirement.Rules.Count > 0), (benchmark, requirement) => (benchmark, requirement))));
    }

    private static string Own(string based, string requirement) => $"id: own\ntitle: Own\nversion: '1'\nbasedOn:\n  - {based}\nrequirements:\n  - {requirement}";

    private BenchmarkSet Load() => BenchmarkSet.Load(Given.RuleOnBuckets("{always: true}"), _folder.FullName);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
