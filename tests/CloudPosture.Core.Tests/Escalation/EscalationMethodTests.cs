using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Content;

namespace CloudPosture.Tests.Escalation;

/// <summary>Each way to more rights works where all it takes is there, and does not where one thing is missing.</summary>
public sealed class EscalationMethodTests
{
    public static TheoryData<string> Ids => [.. EscalationMethods.Of(Shipped.Content).Select(method => method.Id)];

    [Fact]
    public void All_ways_are_told() => Assert.Equal(109, EscalationMethods.Of(Shipped.Content).Select(method => string.Join("+", method.Actions.Select(action => action.Name).Distinct().Order())).Distinct().Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_works_where_all_it_takes_is_there(string id)
    {
        var method = Method(id);
        var step = new PlantedMethod(method, Stop.Nothing).Find();

        Assert.NotNull(step);
        Assert.Equal(id, step.Method.Id);
        Assert.Equal(method.Asks is not null, !step.IsCertain);
        Assert.All(method.Actions, action => Assert.Contains(step.Judgement.Actions, done => done.Action == action.Name && done.DecidedBy.Any(reason => reason.Contains("statement"))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_does_not_where_one_thing_is_missing(string id)
    {
        var method = Method(id);
        foreach (var (stop, action) in StopsOf(method))
        {
            var step = new PlantedMethod(method, stop, action).Find();

            // What was never harvested may be there all the same.
            Assert.True(step is null || (stop == Stop.NoThing && !step.IsCertain && step.Judgement.Conditions.Any(condition => condition.EndsWith("none was read"))), $"{id} works in spite of {stop} {action}: {step}");
        }
    }

    [Theory]
    [InlineData("- {id: a, title: A, class: self, actions: [{action: iam:X, on: selve}], gains: everything, for: self}", "must be one of: self, role")]
    [InlineData("- {id: a, title: A, class: self, actions: [{action: PutUserPolicy, on: self}], gains: everything, for: self}", "is no action")]
    [InlineData("- {id: a, title: A, class: self, actions: [], gains: everything, for: self}", "needs no action")]
    [InlineData("- {id: a, title: A, class: self, actions: [{action: iam:X, on: self}], gains: everything}", "'for' must say")]
    [InlineData("- {id: a, title: A, class: existing, actions: [{action: iam:X, on: thing}], gains: role}", "say under 'through'")]
    [InlineData("- {id: a, title: A, class: self, actions: [{action: iam:X, on: self}], gains: everything, for: self, need: [freeKey]}", "the key 'need' is not known")]
    public void What_is_written_wrongly_is_told(string yaml, string problem) =>
        Assert.Contains(problem, Assert.Throws<ContentException>(() => EscalationMethodReader.Read("escalations.yaml", new StringReader(yaml))).Message);

    private static EscalationMethod Method(string id) => EscalationMethods.Of(Shipped.Content).Single(method => method.Id == id);

    private static IEnumerable<(Stop Stop, string Action)> StopsOf(EscalationMethod method)
    {
        foreach (var action in method.Actions.Select(action => action.Name).Distinct())
        {
            // Who is let in by name needs no leave of his own account's policies.
            yield return (Stop.NotAllowed, action);
            yield return (Stop.Denied, action);
            yield return (Stop.Boundary, action);
            yield return (Stop.OtherResource, action);
            if (!method.Needs.Contains(EscalationNeed.ManagementAccount))
            {
                yield return (Stop.ServiceControl, action);
            }
        }

        if (method.Actions.Any(action => action.To.Count > 0))
        {
            yield return (Stop.PassedElsewhere, "");
            yield return (Stop.NoTrust, "");
        }

        if (method.Key is { IsAssumption: true } && !method.ChangesTrust)
        {
            yield return (Stop.NoTrust, "");
        }

        if (method.Through?.Type is not null || method.Also.Count > 0 || method.Actions.Any(action => action.On is EscalationObject.Group or EscalationObject.Policy && method.Holder == EscalationHolder.Self && method.Gain != EscalationGain.Group))
        {
            yield return (Stop.NoThing, "");
        }

        if (method.Needs.Any(need => need is not (EscalationNeed.IsUser or EscalationNeed.IsRole) && !(need == EscalationNeed.Boundary && method.Holder == EscalationHolder.Self)))
        {
            yield return (Stop.NoNeed, "");
        }
    }
}
