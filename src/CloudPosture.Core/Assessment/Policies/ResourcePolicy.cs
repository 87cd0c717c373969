using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies;

/// <summary>Answers who may use a resource by its policy.</summary>
internal static class ResourcePolicy
{
    /// <summary>How far the policy opens its resource.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="target">What it is on.</param>
    /// <param name="throughServices">Whether a service that acts for strangers opens it to them.</param>
    public static Exposure ExposureOf(PolicyDocument policy, Owner owner, PolicyTarget target, bool throughServices = false)
    {
        var open = Public(policy, owner, target, throughServices);
        return open.Reach == Reach.Public ? open
            : Others(policy, owner, target) is var others && others.Reach == Reach.Others ? others with { IsUndecided = open.IsUndecided, Doubt = open.Doubt }
            : open.IsUndecided ? open
            : others;
    }

    /// <summary>Whether strangers get in: <see cref="Reach.Public"/>, or else <see cref="Reach.Own"/>.</summary>
    public static Exposure Public(PolicyDocument policy, Owner owner, PolicyTarget target, bool throughServices = false)
    {
        var reserved = Reserved(policy);
        return Find(policy, target, Reach.Public, allow => Requesters.Strangers(allow, policy.Denies, owner, reserved, throughServices));
    }

    /// <summary>Whether anyone outside the account gets in: <see cref="Reach.Others"/>, or else <see cref="Reach.Own"/>.</summary>
    public static Exposure Others(PolicyDocument policy, Owner owner, PolicyTarget target) =>
        Find(policy, target, Reach.Others, allow => Requesters.Outsiders(allow, policy.Denies, owner));

    /// <summary>A statement that lets an AWS service act for anyone, since it names no source: the confused deputy.</summary>
    public static Statement? UnconfinedService(PolicyDocument policy, Owner owner, PolicyTarget target) => Public(policy, owner, target, throughServices: true).Statement;

    /// <summary>Asks for requesters that a policy's statements may let in, until one gets in.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="target">What it is on.</param>
    /// <param name="reach">How far the policy reaches where one gets in.</param>
    /// <param name="requesters">The requesters to try with an allowing statement.</param>
    public static Exposure Find(PolicyDocument policy, PolicyTarget target, Reach reach, System.Func<Statement, IEnumerable<Requester>> requesters)
    {
        if (policy.Doubt is not { } doubt)
        {
            return Find(policy, target, reach, requesters, isStrict: false);
        }

        var sure = Find(policy, target, reach, requesters, isStrict: true);
        return sure.Reach == reach || Find(policy, target, reach, requesters, isStrict: false).Reach != reach ? sure : sure with { IsUndecided = true, Doubt = doubt };
    }

    private static Exposure Find(PolicyDocument policy, PolicyTarget target, Reach reach, System.Func<Statement, IEnumerable<Requester>> requesters, bool isStrict)
    {
        var work = new Work();
        var solver = new RequestSolver(policy.Denies, target, work, isStrict);
        foreach (var allow in policy.Allows)
        {
            IReadOnlyList<Statement> allows = [allow];
            foreach (var requester in requesters(allow))
            {
                if (requester.IsMeantBy(allow) && solver.CanAsk(allows, requester) == true)
                {
                    return new Exposure(reach, allow, allow.ExceptsPrincipals ? Principal.Everyone : allow.Principals.First(requester.Is));
                }
            }
        }

        return new Exposure(Reach.Own, null, null, work.IsExhausted);
    }

    /// <summary>The networks that conditions name and that are narrow enough to be somebody's.</summary>
    public static IReadOnlyList<IpRange> Reserved(PolicyDocument policy) =>
    [
        .. policy.Statements.SelectMany(statement => statement.Conditions)
            .Where(condition => condition.Key == "aws:sourceip")
            .SelectMany(condition => condition.Values)
            .Select(value => IpRange.Parse(value.Text))
            .OfType<IpRange>()
            .Where(range => range.IsConfining),
    ];
}
