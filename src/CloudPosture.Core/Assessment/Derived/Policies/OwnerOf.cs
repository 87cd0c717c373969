using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>Tells whose the resources of an account are.</summary>
internal static class OwnerOf
{
    /// <summary>The owner of a subject.</summary>
    public static Owner Subject(in Subject subject)
    {
        var account = subject.Account;
        var organization = account.Resources(OrganizationTypes.Organization).FirstOrDefault();
        return new Owner(account.AccountId, account.Partition)
        {
            KnownAccounts = account.KnownAccounts,
            OrganizationId = organization?.Configuration.Text("Id") ?? organization?.Id,
            IsOrganizationKnown = organization is not null || account.GapOf(OrganizationTypes.Organization, region: null) is null,
        };
    }
}
