using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>inlineFullAdmin</c>, without arguments: true where the inline policies of a user, group or role together allow every action on
/// every resource (see <see cref="PolicyIsFullAdmin"/>). Evidence: the statement that allows what none of them singles out, and its policy.
/// </summary>
internal sealed class InlineFullAdmin : DerivedFunction
{
    public override IReadOnlyList<string> Types => [OrganizationTypes.Organization];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var isRead = IdentityPolicies.TryFind(subject, out var policies);
        var statements = policies.SelectMany(policy => policy.Document?.Statements ?? []).ToArray();
        if (IdentityPolicy.FullAdmin(statements, OwnerOf.Subject(subject), out var isUndecided) is { } statement)
        {
            var (name, _) = policies.First(policy => policy.Document?.Statements.Contains(statement) == true);
            return DerivedValue.Of(true, explain ? $"{name}: {statement.Label} allows every action on every resource{(policies.Count > 1 ? ", together with the other inline policies" : "")}" : null);
        }

        var unknown = !isRead ? "the inline policies could not be read"
            : policies.Exists(policy => policy.Document is null) ? "an inline policy could not be understood"
            : isUndecided ? "the inline policies have more combinations than can be judged"
            : null;
        return unknown is null ? DerivedValue.Of(false, "no inline policies allow everything") : DerivedValue.Unknown(unknown);
    }
}
