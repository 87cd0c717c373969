using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Finds who gets into roles from outside the accounts that were harvested: other accounts, identity providers, everyone.</summary>
internal sealed class Outsiders(IdentityEstate estate)
{
    private readonly Dictionary<string, Identity> _identities = new(StringComparer.Ordinal);

    /// <summary>All of them, once they were found.</summary>
    public IEnumerable<Identity> Found => _identities.Values;

    /// <summary>The steps from outside into a role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="method">The method of assuming a role.</param>
    public IEnumerable<Step> Into(Identity role, EscalationMethod method)
    {
        var (accounts, names) = Trusts.Signed(role);
        var partition = Arn.Parts(role.Arn)![1];
        foreach (var account in accounts.Where(account => account != "*" && estate.Account(account) is null))
        {
            if (Step(Outside($"arn:{partition}:iam::{account}:root"), role, method, "sts:AssumeRole") is { } step)
            {
                yield return step;
            }
        }

        foreach (var name in names.Where(name => Arn.AccountOf(name) is { } account && estate.Account(account) is null))
        {
            if (Step(Outside(name), role, method, "sts:AssumeRole") is { } step)
            {
                yield return step;
            }
        }

        foreach (var provider in Trusts.Providers(role).Where(provider => provider.IndexOf('*') < 0))
        {
            if (Step(Kind(IdentityKind.Provider, provider), role, method, provider.Contains(":saml-provider/") ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity") is { } step)
            {
                yield return step;
            }
        }

        if (accounts.Contains("*") && Step(Kind(IdentityKind.Everyone, "*"), role, method, "sts:AssumeRole") is { } everyone)
        {
            yield return everyone;
        }
    }

    private Step? Step(Identity from, Identity role, EscalationMethod method, string action)
    {
        var decision = estate.Decide(from, new Ask(action, role.Arn) { AccountId = role.AccountId, ResourcePolicy = role.Trust, Tags = role.Tags });
        return PartJudgement.Of(action, role.Arn, decision) is not { } judgement ? null : new Step(from, method, role, null, judgement);
    }

    private Identity Outside(string arn) => Known(arn, () => new Identity
    {
        Kind = IdentityKind.Outside,
        Arn = arn,
        Name = Arn.NameOf(arn) ?? arn,
        AccountId = Arn.AccountOf(arn) ?? "",
        Policies = [OutsideIdentities.Whatever],
    });

    private Identity Kind(IdentityKind kind, string name) => Known(name, () => new Identity { Kind = kind, Arn = name, Name = name, AccountId = "" });

    private Identity Known(string arn, Func<Identity> make)
    {
        if (!_identities.TryGetValue(arn, out var identity))
        {
            _identities[arn] = identity = make();
        }

        return identity;
    }
}
