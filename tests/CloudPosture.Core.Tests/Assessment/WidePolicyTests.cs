using System;
using System.Linq;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Tests.Assessment.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment;

/// <summary>Our answers beside those of an evaluator that tries every request, over adversarial random policies.</summary>
public sealed class WidePolicyTests
{
    private const int Tries = 1_000;

    // The same policies each time; POLICY_TRIES looks for others.
    private static readonly Config Drawing = int.TryParse(Environment.GetEnvironmentVariable("POLICY_TRIES"), out var tries)
        ? Config.QuickThrowOnFailure.WithMaxTest(tries)
        : Config.QuickThrowOnFailure.WithMaxTest(Tries).WithReplay(20261127, 12345678901);

    private static readonly Owner Us = new(WideWorld.Own) { OrganizationId = "o-own", IsOrganizationKnown = true };
    private static readonly PolicyTarget Target = PolicyTarget.Of(WideWorld.Queue);

    [Fact]
    public void Public_is_what_a_signed_stranger_can_ask() => Holds(statements =>
    {
        var document = RandomPolicies.Document(statements);
        return IsPublic(document, RequesterKind.Signed) == WideWorld.OfStrangers(document).Any(request => WideSimulator.IsAllowed(Given.Json(document), request));
    });

    [Fact]
    public void What_is_not_shared_lets_nobody_else_in() => Holds(statements =>
    {
        var document = RandomPolicies.Document(statements);
        return ResourcePolicy.ExposureOf(PolicyDocument.Parse(document)!, Us, Target).Reach != Reach.Own
            || !WideWorld.OfOutsiders(document).Any(request => WideSimulator.IsAllowed(Given.Json(document), request));
    });

    [Fact]
    public void Where_tls_is_forced_every_request_without_it_is_denied() => Holds(statements =>
    {
        var document = RandomPolicies.Document(statements);
        return TransportPolicy.DeniesInsecure(PolicyDocument.Parse(document)!, Us, Target) != true
            || WideWorld.WithoutTls(document).All(request => WideSimulator.IsDenied(Given.Json(document), request));
    });

    [Fact]
    public void Where_every_request_without_tls_is_denied_tls_is_forced() => Holds(statements =>
    {
        // Requests differ in what this policy names alone, so that the world has them all.
        var document = RandomPolicies.Document([.. statements, """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"""]);
        return TransportPolicy.DeniesInsecure(PolicyDocument.Parse(document)!, Us, Target) == true;
    });

    [Fact]
    public void A_key_that_every_one_of_many_exceptions_matches_is_found()
    {
        var denies = Enumerable.Range(0, 60).Select(i => $$$"""{"Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":"arn:aws:s3:::b/*{{{i}}}*"}""");
        var document = RandomPolicies.Document(["""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}""", .. denies]);

        Assert.Equal(Reach.Public, ResourcePolicy.ExposureOf(PolicyDocument.Parse(document)!, Us, PolicyTarget.Of("arn:aws:s3:::b")).Reach);
    }

    [Theory]
    [InlineData("s3.amazonaws.com")]
    [InlineData("sns.amazonaws.com")]
    [InlineData("events.amazonaws.com")]
    public void A_service_that_acts_for_strangers_is_one(string service) => Check.One(
        Drawing,
        Prop.ForAll(ServicePolicies.Statements(service).ToArbitrary(), statements =>
        {
            var document = RandomPolicies.Document(statements);
            var policy = PolicyDocument.Parse(document)!;
            var ours = ResourcePolicy.Find(policy, Target, Reach.Public, allow => Requesters.Strangers(allow, policy.Denies, Us, [], true).Where(requester => requester.Kind == RequesterKind.Service)).Reach == Reach.Public;
            return ours == WideWorld.OfServices(document).Any(request => request.Service == service && WideSimulator.IsAllowed(Given.Json(document), request));
        }));

    private static bool IsPublic(string document, RequesterKind kind)
    {
        var policy = PolicyDocument.Parse(document)!;
        var reserved = ResourcePolicy.Reserved(policy);
        return ResourcePolicy.Find(policy, Target, Reach.Public, allow => Requesters.Strangers(allow, policy.Denies, Us, reserved, false).Where(requester => requester.Kind == kind)).Reach == Reach.Public;
    }

    private static void Holds(Func<string[], bool> property) => Check.One(Drawing, Prop.ForAll(WidePolicies.Statements.ToArbitrary(), property));
}
