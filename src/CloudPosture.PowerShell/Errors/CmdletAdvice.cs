using System.Collections.Generic;
using System.Globalization;
using CloudPosture.Errors;
using CloudPosture.Quoting;

namespace CloudPosture.PowerShell.Errors;

/// <summary>Which cmdlet or parameter does what the engine advises, by the advice's id, or by the error's where the advice has none.</summary>
internal static class CmdletAdvice
{
    /// <summary>{0} is what the advice is about, as PowerShell takes it.</summary>
    private static readonly Dictionary<string, string> Words = new()
    {
        // Told with the message.
        ["BaselineMake"] = "Make one with Export-PostureBaseline.",
        ["ConnectionChange"] = "Set-PostureConnection changes it.",
        ["ConnectionExists"] = "Choose another name, change it with Set-PostureConnection, or replace it with -Force.",
        ["ConnectionInUse"] = "Give them other ones with Set-PostureConnection, remove them too, or use -Force.",
        ["ConnectionLook"] = "Get-PostureConnection shows it.",
        ["ConnectionRename"] = "Set-PostureConnection {0} -NewName renames it.",
        ["ConnectionsNone"] = "Make one with New-PostureConnection.",
        ["DelegationForward"] = "Register-DelegationRequest -ForApproval forwards it.",
        ["DelegationNoToken"] = "Receive-DelegationNotification takes it. To send it again: Get-DelegationRequest -WorkflowId {0} | Send-DelegationRequest.",
        ["DelegationNotFound"] = "Get-DelegationRequest lists those there are.",
        ["DelegationNotPartner"] = "Use New-PostureRole or Export-PostureTemplate instead.",
        ["DelegationSendAgain"] = "Get-DelegationRequest -WorkflowId {0} | Send-DelegationRequest sends it again.",
        ["DelegationWait"] = "Wait-DelegationRequest waits for it.",
        ["ExceptionByHand"] = "Write it by New-PostureException.",
        ["ExceptionExists"] = "Change it with Set-PostureException, or give another -Id.",
        ["ExternalIdMissing"] = "-Force goes without, if that account is your own.",
        ["HarvestsList"] = "Get-PostureHarvest lists those there are.",
        ["HarvestUnfinished"] = "Invoke-PostureHarvest -Resume -HarvestId {0} goes on with it; -Force ends it without them.",
        ["HarvestShards"] = "-Force ends it without them.",
        ["HubRoleMissing"] = "New-PostureRole -Part Hub makes it, or for an organization -IncludeHub of New-PostureOrganizationRole.",
        ["OrganizationNone"] = "Use credentials of an organization's management account; for an account without one, use New-PostureRole.",
        ["PolicyNeeded"] = "Get-PosturePolicy computes that policy.",
        ["RoleEntryDenied"] = "Grant the permission, or check the role's trust policy and external ID. Test-PostureConnection tells which.",
        ["RolePublisher"] = "The reading role never writes; New-PostureRole -Part Publisher makes one that may.",
        ["RulesAkin"] = "Get-PostureRule shows what is akin.",
        ["SarifAccounts"] = "Get-PostureFinding -Account … | Export-PostureReport Sarif … writes one.",
        ["SarifResults"] = "Get-PostureFinding -Severity Critical, High | Export-PostureReport Sarif … does.",
        ["UnitsTooMany"] = "New-PostureOrganizationRole rolls it out.",

        // Recommended beside it.
        ["ConnectionNotFound"] = "Get-PostureConnection lists the connections.",
        ["DelegationAlreadySent"] = "Leave -WorkflowId out to have a new one made.",
        ["DelegationConnectionFailed"] = "Complete again; Test-PostureConnection tells what is wrong.",
        ["Lake"] = "Correct the lake's folder as the message says, or give another with -LakePath.",
        ["RoleChangeRemains"] = "Remove the cause that the message names and run it again: what remains is found and taken up, or remove it with Remove-PostureRole.",
        ["Unquotable"] = "Choose another -Format, or change the value that the message names.",
    };

    /// <summary>What is known here.</summary>
    public static IReadOnlyCollection<string> Ids => Words.Keys;

    /// <summary>The cmdlet's sentence on an error; null where the engine's own words are all there is to say.</summary>
    public static string? On(CloudPostureException error) =>
        On(error.Advice is { Id: not null } advice ? advice : new Advice("", error.Id, error.Target));

    /// <summary>The cmdlet's sentence on an advice; null where there is none.</summary>
    public static string? On(Advice advice) => advice.Id is { } id && Words.TryGetValue(id, out var words)
        ? string.Format(CultureInfo.InvariantCulture, words, PowerShellLiteral.Of(advice.Subject ?? ""))
        : null;

    /// <summary>The engine's advice and the cmdlet's sentence.</summary>
    public static string Whole(Advice? advice) => advice is null ? "" : On(advice) is { } words ? $"{advice.Text} {words}" : advice.Text;
}
