using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Access;

/// <summary>
/// Answers whether a principal may do an action on a resource, by all policies that bear on it, as "Policy evaluation logic" in the IAM
/// User Guide has it. What is not known of the request makes the answer unknown where it would decide, and never allowed.
/// </summary>
public static class AccessEvaluator
{
    /// <summary>Judges a request.</summary>
    /// <param name="request">Who asks for what.</param>
    /// <param name="policies">The policies.</param>
    /// <returns>The answer, with the statements that decide it.</returns>
    public static AccessDecision Decide(AccessRequest request, AccessPolicies policies)
    {
        var context = new RequestContext(request);
        var identity = new PolicyLayer(policies.Identity, context);
        var resource = new PolicyLayer(policies.Resource is null ? [] : [policies.Resource], context, namesPrincipals: true);
        PolicyLayer[] limits =
        [
            .. policies.Control.Select(level => new PolicyLayer(level, context)),
            .. policies.Boundary is null ? [] : new[] { new PolicyLayer([policies.Boundary], context) },
            .. policies.Session.Count == 0 ? [] : new[] { new PolicyLayer(policies.Session, context) },
        ];
        PolicyLayer[] all = [identity, resource, .. limits];
        if (Array.Find(all, layer => layer.Denies == Verdict.True) is { } denying)
        {
            return new AccessDecision(AccessOutcome.Denied, [.. denying.Reasons(isAllow: false)]);
        }

        var granted = Granted(request, context, identity, resource);
        var allowed = All([granted, .. limits.Select(limit => limit.Allows)]);
        if (allowed == Verdict.False)
        {
            return new AccessDecision(AccessOutcome.NotAllowed, granted == Verdict.False ? [] : [.. new[] { identity, resource }.SelectMany(layer => layer.Reasons(isAllow: true))]);
        }

        var doubts = all.Where(layer => layer.Denies == Verdict.Unknown).SelectMany(layer => layer.Reasons(isAllow: false)).ToArray();
        return allowed == Verdict.True && doubts.Length == 0
            ? new AccessDecision(AccessOutcome.Allowed, [.. all.SelectMany(layer => layer.Reasons(isAllow: true)).Distinct()])
            : new AccessDecision(
                AccessOutcome.Unknown,
                [.. doubts.Concat(all.Where(layer => layer.Allows == Verdict.Unknown).SelectMany(layer => layer.Reasons(isAllow: true))).Distinct()])
            {
                HangsOn = [.. all.SelectMany(layer => layer.UnknownKeys).Distinct().OrderBy(key => key, StringComparer.Ordinal)],
            };
    }

    /// <summary>Tells who may do an action on a resource.</summary>
    /// <param name="principals">The requests of those that are asked about, each with its own policies.</param>
    /// <returns>The principals that may, or of whom it is not known, with the decision.</returns>
    public static IEnumerable<(string Principal, AccessDecision Decision)> WhoMay(IEnumerable<(AccessRequest Request, AccessPolicies Policies)> principals) =>
        from asked in principals
        let decision = Decide(asked.Request, asked.Policies)
        where decision.Outcome is AccessOutcome.Allowed or AccessOutcome.Unknown
        select (asked.Request.Principal, decision);

    /// <summary>Tells which of several actions a principal may do.</summary>
    /// <param name="request">A request of the principal, of which the action is replaced.</param>
    /// <param name="actions">The actions.</param>
    /// <param name="policies">The policies.</param>
    /// <returns>The actions that it may do, or of which it is not known, with the decision.</returns>
    public static IEnumerable<(string Action, AccessDecision Decision)> WhatMay(AccessRequest request, IEnumerable<string> actions, AccessPolicies policies) =>
        from action in actions
        let decision = Decide(request with { Action = action }, policies)
        where decision.Outcome is AccessOutcome.Allowed or AccessOutcome.Unknown
        select (action, decision);

    // In one account either side may grant; between accounts both must; who has no policies hangs on the resource's. Roles and keys are guarded by their own policy in any case.
    private static Verdict Granted(AccessRequest request, RequestContext context, PolicyLayer identity, PolicyLayer resource)
    {
        if (request.Kind != RequesterKind.Signed)
        {
            return resource.Allows;
        }

        var both = All([identity.Allows, resource.Allows]);
        if (context.AccountId is null || context.AccountId != context.ResourceAccountId)
        {
            return both;
        }

        return IsGuarded(request.Action) ? Any(resource.AllowsByName, both) : Any(identity.Allows, resource.AllowsByName);
    }

    /// <summary>Whether an identity's own policies never suffice: the key's or role's policy must let it in.</summary>
    internal static bool IsGuarded(string action) =>
        action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) || action.StartsWith("sts:AssumeRole", StringComparison.OrdinalIgnoreCase);

    private static Verdict All(IReadOnlyCollection<Verdict> verdicts) =>
        verdicts.Contains(Verdict.False) ? Verdict.False : verdicts.Contains(Verdict.Unknown) ? Verdict.Unknown : Verdict.True;

    private static Verdict Any(Verdict one, Verdict other) =>
        one == Verdict.True || other == Verdict.True ? Verdict.True : one == Verdict.Unknown || other == Verdict.Unknown ? Verdict.Unknown : Verdict.False;
}
