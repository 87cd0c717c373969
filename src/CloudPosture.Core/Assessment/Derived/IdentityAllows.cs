using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>identityAllows</c>, with <c>field</c>: the ARN of a role or user, or a user's name. True where its policies together, attached, inline and those
/// of its groups, allow it what is asked: all actions of <c>actions</c>, a list of patterns, on every resource; or all actions of one of
/// <c>sets</c>, a list of such lists, on anything; or, without either, everything. A Deny without a condition takes away. An identity or a policy
/// that was not read is unknown. Evidence: the identity and what it may do. Sources: AWS::IAM::Role, User, Group, ManagedPolicy.
/// </summary>
internal sealed class IdentityAllows : DerivedFunction
{
    private const string Role = "AWS::IAM::Role";
    private const string User = "AWS::IAM::User";
    private const string Group = "AWS::IAM::Group";
    private const string ManagedPolicy = "AWS::IAM::ManagedPolicy";
    private static readonly Wildcard Everywhere = new("*", ignoreCase: false);
    private readonly FieldReference _field;
    private readonly Func<IReadOnlyList<Statement>, Owner, string?> _find;

    public IdentityAllows(YamlMap arguments)
    {
        _field = Operators.Reference(arguments, "field");
        var actions = arguments.Texts("actions").Select(action => new Wildcard(action, ignoreCase: true)).ToArray();
        var sets = arguments.Has("sets") ? PolicyAllows.ReadSets(arguments) : [];
        _find = actions.Length > 0 ? (statements, _) => Allowed(statements, [actions], Everywhere)
            : sets.Count > 0 ? (statements, _) => Allowed(statements, sets, null)
            : Everything;
    }

    public override IReadOnlyList<string> Types => [Role, User, Group, ManagedPolicy, OwnerOf.OrganizationType];

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

        var statements = new List<Statement>();
        var isRead = TryCollect(subject, identity, statements);
        var found = _find(statements, OwnerOf.Subject(subject));
        return found is null && !isRead
            ? DerivedValue.Unknown(explain ? $"a policy of {identity.Id} could not be read or understood" : null)
            : DerivedValue.Of(found is not null, !explain ? null : found is null ? $"no policy of {identity.Id} allows it" : $"{identity.Id} may {found}");
    }

    private static Resource? IdentityOf(AccountIndex account, string name) =>
        account.Resources(Role).Concat(account.Resources(User)).FirstOrDefault(identity => identity.Arn == name)
        ?? account.Resources(User).FirstOrDefault(user => user.Id == name);

    private static bool TryCollect(in Subject subject, Resource identity, List<Statement> statements)
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

    private static bool TryAdd(in Subject subject, List<Statement> statements)
    {
        var isRead = IdentityPolicies.TryFind(subject, out var documents);
        statements.AddRange(documents.SelectMany(document => document.Document?.Statements ?? []));
        return isRead && documents.TrueForAll(document => document.Document is not null);
    }

    private static string? Everything(IReadOnlyList<Statement> statements, Owner owner) =>
        IdentityPolicy.FullAdmin(statements, owner, out _) is { } statement ? $"do everything by {statement.Label}" : null;

    private static string? Allowed(IReadOnlyList<Statement> statements, IReadOnlyList<Wildcard[]> sets, Wildcard? resource) =>
        sets.FirstOrDefault(set => set.All(action => IsAllowed(statements, action, resource))) is { } found ? string.Join(" and ", found.Select(action => action.ToString())) : null;

    private static bool IsAllowed(IReadOnlyList<Statement> statements, Wildcard action, Wildcard? resource) =>
        statements.Any(statement => statement.IsAllow && (resource is null ? statement.CoversAction(action) : statement.Covers(action, resource)))
        && !statements.Any(statement => !statement.IsAllow && statement.Conditions.Count == 0 && statement.Covers(action, resource ?? Everywhere));
}
