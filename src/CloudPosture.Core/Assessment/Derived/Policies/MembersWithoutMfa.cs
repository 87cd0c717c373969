using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>membersWithoutMfa</c>, without arguments: the number of an IAM group's members for whom the credential report shows no MFA.
/// Evidence: their names. Sources: AWS::IAM::User, AWS::IAM::CredentialReport.
/// </summary>
internal sealed class MembersWithoutMfa : DerivedFunction
{
    private const string User = "AWS::IAM::User";
    private const string Report = "AWS::IAM::CredentialReport";
    private const int MaxShown = 5;

    public override IReadOnlyList<string> Types => [User, Report];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var account = subject.Account;
        var group = subject.Resource.Configuration.Text("GroupName");
        var members = account.Resources(User)
            .Where(user => user.Configuration.Items("GroupList").Any(name => name.ValueKind == JsonValueKind.String && name.GetString() == group))
            .Select(user => user.Configuration.Text("UserName") ?? user.Id)
            .ToList();
        var protectedUsers = new HashSet<string>(account.Resources(Report)
            .Where(line => line.Configuration.Flag("mfa_active"))
            .Select(line => line.Configuration.Text("user") ?? ""));
        var without = members.Where(member => !protectedUsers.Contains(member)).ToList();
        var reason = account.WhyMissing(User, null) ?? (without.Count == 0 ? null : account.WhyMissing(Report, null) ?? WhyUntold(account, without));
        return reason is not null
            ? DerivedValue.Unknown(explain ? $"users could not be read: {reason}" : null)
            : DerivedValue.Of(without.Count, explain ? $"{without.Count} of {members.Count} members without MFA: {string.Join(", ", without.Take(MaxShown))}" : null);
    }

    // A line of the report that could not be read says of nobody that he has none.
    private static string? WhyUntold(AccountIndex account, IReadOnlyCollection<string> members) => account.Resources(Report)
        .Where(line => members.Contains(line.Configuration.Text("user") ?? ""))
        .SelectMany(line => line.Gaps)
        .Where(gap => gap.Field == "mfa_active")
        .Select(gap => Conditions.Evidence.Of(gap))
        .FirstOrDefault();
}
