using System;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Tests.Assessment.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment;

public sealed class PolicyPropertyTests
{
    private const int Tries = 1_000;
    private static readonly Owner Us = new(SmallWorld.Own);
    private static readonly PolicyTarget Target = PolicyTarget.Of(SmallWorld.Arn);

    [Fact]
    public void Public_is_what_some_request_of_a_stranger_is_allowed() => Holds(RandomPolicies.Statements, statements =>
        Allowed(statements, signedOnly: true) == SmallWorld.Strangers.Any(request => NaiveSimulator.IsAllowed(Given.Json(RandomPolicies.Document(statements)), request)));

    [Fact]
    public void Cross_account_is_what_some_request_from_outside_is_allowed() => Holds(RandomPolicies.Statements, statements =>
        ReachOf(statements) != Reach.Own || !SmallWorld.Outsiders.Any(request => NaiveSimulator.IsAllowed(Given.Json(RandomPolicies.Document(statements)), request)));

    [Fact]
    public void Tls_is_forced_where_every_request_without_it_is_denied() => Holds(RandomPolicies.Statements, statements =>
    {
        var document = RandomPolicies.Document(statements);
        return TransportPolicy.DeniesInsecure(PolicyDocument.Parse(document)!, Us, Target) != true || SmallWorld.WithoutTls.All(request => NaiveSimulator.IsDenied(Given.Json(document), request));
    });

    [Fact]
    public void Adding_a_deny_never_makes_anything_more_public() => Holds(RandomPolicies.Statements.Zip(RandomPolicies.WithEffect("Deny")), drawn =>
        ReachOf([.. drawn.Item1, drawn.Item2]) <= ReachOf(drawn.Item1));

    [Fact]
    public void Adding_an_allow_never_makes_anything_less_public() => Holds(RandomPolicies.Statements.Zip(RandomPolicies.WithEffect("Allow")), drawn =>
        ReachOf([.. drawn.Item1, drawn.Item2]) >= ReachOf(drawn.Item1));

    [Fact]
    public void Order_changes_nothing() => Holds(RandomPolicies.Statements, statements => ReachOf(statements) == ReachOf([.. statements.Reverse()]));

    [Fact]
    public void Splitting_a_statement_in_two_changes_nothing() => Holds(RandomPolicies.Statements, statements => ReachOf(statements) == ReachOf([.. statements.SelectMany(Split)]));

    [Fact]
    public void The_case_of_actions_keys_and_operators_changes_nothing() => Holds(RandomPolicies.Statements, statements =>
        ReachOf(statements) == ReachOf(Array.ConvertAll(statements, statement => Regex.Replace(statement, "\"sqs:\\w+|\"aws:\\w+|String\\w+|ForA\\w+", word => word.Value.ToUpperInvariant()))));

    // A list of actions says the same as a statement for each; what NotAction excepts does not.
    private static string[] Split(string statement)
    {
        var actions = Regex.Match(statement, "\"Action\":\\[([^\\]]+)\\]");
        return actions.Success ? [.. actions.Groups[1].Value.Split(',').Select(action => statement.Replace(actions.Value, $"\"Action\":[{action}]"))] : [statement];
    }

    private static bool Allowed(string[] statements, bool signedOnly)
    {
        var policy = PolicyDocument.Parse(RandomPolicies.Document(statements))!;
        return ResourcePolicy.Find(policy, Target, Reach.Public, allow => Requesters.Strangers(allow, policy.Denies, Us, [], false).Where(requester => !signedOnly || requester.Kind == RequesterKind.Signed)).Reach == Reach.Public;
    }

    private static Reach ReachOf(string[] statements) => ResourcePolicy.ExposureOf(PolicyDocument.Parse(RandomPolicies.Document(statements))!, Us, Target).Reach;

    private static void Holds<T>(Gen<T> drawn, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tries), Prop.ForAll(drawn.ToArbitrary(), property));
}
