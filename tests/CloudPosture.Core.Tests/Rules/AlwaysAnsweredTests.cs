using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content.Cases;
using CloudPosture.Posture.Cases;

namespace CloudPosture.Tests.Rules;

/// <summary>
/// What service.yaml says that AWS always answers is taken out of the cases of every rule, member by member: an answer that lacks it
/// is none, so that no verdict may turn into another but "not assessed".
/// </summary>
public sealed class AlwaysAnsweredTests
{
    private static readonly CaseFile[] Files = [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "module", "aws"), "cases.yaml", SearchOption.AllDirectories).Select(Read)];
    private static readonly Dictionary<string, JsonObject> Bases = Files.SelectMany(file => file.Bases).GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value);

    /// <summary>A path from the Internet ends where the way in is not known: its absence is told by the rule about the way in.</summary>
    private static readonly HashSet<string> OfPaths = ["AppRunner.ServicePathToAdmin", "Cognito.IdentityPoolPathToAdmin"];

    public static TheoryData<string, string> Members
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var type in Shipped.Content.Catalog.Services.SelectMany(service => service.Resources).Where(type => Bases.ContainsKey(type.Type)))
            {
                foreach (var member in type.Always)
                {
                    data.Add(type.Type, member);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void AnAnswerThatLacksItTurnsNoVerdict(string type, string member)
    {
        var turned = Files.SelectMany(file => file.Cases)
            .Where(given => given.Settings.Count == 0 && !OfPaths.Contains(given.RuleId) && ShippedRules.Rules.Find(given.RuleId) is { Scope: RuleScope.Resource } rule && rule.ResourceType == type && rule.ResourceTypes.Count == 1)
            .Select(given => (Case: given, Verdict: Judge(given, Without(given, type, member))))
            .Where(judged => (judged.Verdict is CaseVerdict.Pass or CaseVerdict.Fail) && judged.Verdict != judged.Case.Verdict)
            .Select(judged => $"{judged.Case.RuleId} (line {judged.Case.Line}) was {judged.Case.Verdict} and is {judged.Verdict}");

        Assert.Equal([], turned);
    }

    private static CaseVerdict Judge(RuleCase given, JsonObject record)
    {
        var estate = new CaseEstate(Shipped.Content.Catalog, new Dictionary<string, JsonObject>(Bases) { [ShippedRules.Rules.Find(given.RuleId)!.ResourceType] = record });
        try
        {
            return CaseRun.Judge(estate, ShippedRules.Rules.Find(given.RuleId)!, given with { Patch = [] }).Verdict;
        }
        catch (KeyNotFoundException)
        {
            // Without its id there is no record.
            return CaseVerdict.None;
        }
    }

    private static JsonObject Without(RuleCase given, string type, string member) =>
        CasePatch.Apply(CasePatch.Apply(Bases[type], given.Patch), new JsonObject { [member] = null });

    private static CaseFile Read(string file)
    {
        using var text = File.OpenText(file);
        return CaseReader.Read(file, text);
    }
}
