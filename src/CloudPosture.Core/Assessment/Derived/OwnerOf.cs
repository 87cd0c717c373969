using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived;

/// <summary>Tells whose the resources of an account are.</summary>
internal static class OwnerOf
{
    /// <summary>The type that knows the organization; functions that ask for an owner name it among their types.</summary>
    public const string OrganizationType = "AWS::Organizations::Organization";

    /// <summary>The owner of a subject.</summary>
    public static Owner Subject(in Subject subject)
    {
        var account = subject.Account;
        var organization = account.Resources(OrganizationType).FirstOrDefault();
        return new Owner(account.AccountId, account.Partition)
        {
            KnownAccounts = account.KnownAccounts,
            OrganizationId = organization?.Configuration.Text("Id") ?? organization?.Id,
            IsOrganizationKnown = organization is not null || account.GapOf(OrganizationType, region: null) is null,
        };
    }
}
