using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>identityAllows</c>, with <c>field</c>: the ARN of a role or user, or a user's name. True where its policies together, attached, inline and those
/// of its groups, allow it what is asked: all actions of <c>actions</c>, a list of patterns, on every resource; or all actions of one of
/// <c>sets</c>, a list of such lists, on anything; or, without either, everything. A condition counts as met where the identity can meet it, and a Deny
/// takes away what it denies whatever is asked. An identity or a policy that was not read is unknown. Evidence: the identity, what it may do, and the
/// statements. Sources: AWS::IAM::Role, User, Group, ManagedPolicy.
/// </summary>
internal sealed class IdentityAllows : DerivedFunction
{
    private const string Role = "AWS::IAM::Role";
    private const string User = "AWS::IAM::User";
    private const string Group = "AWS::IAM::Group";
    private const string ManagedPolicy = "AWS::IAM::ManagedPolicy";
    private readonly FieldReference _field;
    private readonly IReadOnlyList<ActionSet> _sets;
    private readonly bool _isEverywhere;

    public IdentityAllows(YamlMap arguments)
    {
        _field = Operators.Reference(arguments, "field");
        var actions = arguments.Texts("actions");
        _isEverywhere = actions.Count > 0;
        _sets = _isEverywhere ? [ActionSet.Of(actions)] : arguments.Has("sets") ? ActionSet.Read(arguments) : [];
    }

    public override IReadOnlyList<string> Types => [Role, User, Group, ManagedPolicy, OrganizationTypes.Organization];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var state = _field.Resolve(subject, out var value);
        if (state != FieldState.Present || value.Text is not { } name)
        {
            return state == FieldState.Unreadable
                ? DerivedValue.Unknown(explain ? $"{_field.Text} could not be read" : null)
                : DerivedValue.Absent(explain ? $"there is no {_field.Text}" : null);
        }

        if (IdentityOf(subject.Account, name) is not { } identity)
        {
            return DerivedValue.Unknown(explain ? $"{name} is not among the roles and users that were read" : null);
        }

        var statements = new Dictionary<Statement, string>();
        var isRead = TryCollect(subject, identity, statements);
        var found = Find(statements, identity.Arn, OwnerOf.Subject(subject), out var isUndecided);
        return found is not null ? DerivedValue.Of(true, explain ? $"{identity.Id} may {found}" : null)
            : !isRead ? DerivedValue.Unknown(explain ? $"a policy of {identity.Id} could not be read or understood" : null)
            : isUndecided ? DerivedValue.Unknown(explain ? $"the policies of {identity.Id} have more combinations than can be judged" : null)
            : DerivedValue.Of(false, explain ? $"no policy of {identity.Id} allows it" : null);
    }

    private static Resource? IdentityOf(AccountIndex account, string name) =>
        account.Resources(Role).Concat(account.Resources(User)).FirstOrDefault(identity => identity.Arn == name)
        ?? account.Resources(User).FirstOrDefault(user => user.Id == name);

    private static bool TryCollect(in Subject subject, Resource identity, Dictionary<Statement, string> statements)
    {
        var isRead = TryAdd(subject.Counted(identity), statements);
        foreach (var arn in identity.Configuration.Items("AttachedManagedPolicies").Select(policy => policy.Text("PolicyArn")))
        {
            var policy = subject.Account.Resources(ManagedPolicy).FirstOrDefault(candidate => candidate.Arn == arn);
            isRead &= policy is not null && TryAdd(subject.Counted(policy), statements);
        }

        foreach (var name in identity.Configuration.Items("GroupList").Select(group => group.GetString()))
        {
            var group = subject.Account.Resources(Group).FirstOrDefault(candidate => candidate.Id == name);
            isRead &= group is not null && TryCollect(subject, group, statements);
        }

        return isRead;
    }

    private static bool TryAdd(in Subject subject, Dictionary<Statement, string> statements)
    {
        var isRead = IdentityPolicies.TryFind(subject, out var documents);
        var holder = subject.Resource.Id;
        foreach (var (name, document) in documents)
        {
            isRead &= document is not null;
            foreach (var statement in document?.Statements ?? [])
            {
                statements[statement] = $"{name} of {holder}: {statement.Label}";
            }
        }

        return isRead;
    }

    private string? Find(Dictionary<Statement, string> statements, string identity, Owner owner, out bool isUndecided)
    {
        if (_sets.Count == 0)
        {
            return IdentityPolicy.FullAdmin([.. statements.Keys], owner, out isUndecided) is { } statement ? $"do everything by {statements[statement]}" : null;
        }

        var grants = new IdentityGrants([.. statements.Keys], owner, identity);
        var actions = _sets.SelectMany(set => set.Actions).Distinct(StringComparer.Ordinal);
        var allowed = _isEverywhere ? grants.OnEverything(actions) : grants.OnAnything(actions);
        isUndecided = grants.IsUndecided;
        return _sets.FirstOrDefault(set => set.IsIn(allowed))?.Describe(allowed, statement => statements[statement]);
    }
}
