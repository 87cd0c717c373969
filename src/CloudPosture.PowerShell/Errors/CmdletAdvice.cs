using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
        ["HarvestShards"] = "Run each again with its -ShardIndex, the same -ShardCount and -HarvestId {0}; what is committed is not read again. Then complete the harvest; -Force ends it without them.",
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

        // Told with what was found in testing a connection.
        ["EndpointUrl"] = "-EndpointUrl names another endpoint.",
        ["ExternalId"] = "-ExternalId gives it.",
        ["MembersAll"] = "-AllAccount enters each.",
        ["MfaCodeAgain"] = "-MfaCode gives it.",
        ["MfaSerial"] = "-MfaSerial names it, -MfaCode gives its code.",
        ["Region"] = "-Region names one.",
        ["SessionDuration"] = "-SessionDuration sets it.",
        ["SessionDurationOfChain"] = "Set-PostureConnection {0} -SessionDuration 3600 does.",
    };

    /// <summary>Says the engine's advice by the parameters that follow it, so that its own words are not needed beside it.</summary>
    private static readonly Dictionary<string, string> Instead = new()
    {
        ["AlertLimit"] = "Lower -Limit.",
        ["BudgetEnough"] = "Continue with -Resume and -MaxCall {0} or more.",
        ["BudgetEnoughOrOneByOne"] = "Continue with -Resume and -MaxCall {0} or more, or with -ThrottleLimit 1 and less.",
        ["BudgetLarger"] = "Continue with -Resume and a larger -MaxCall.",
        ["CredentialsNone"] = "Name a profile with -ProfileName, or give keys.",
        ["ExceptionPath"] = "A file of exceptions of our own needs no import: name it by -ExceptionPath.",
        ["HarvestAnother"] = "Harvest with another -HarvestId.",
        ["HarvestOtherRegions"] = "Give the same -Region as before, or another -HarvestId.",
        ["HarvestOtherServices"] = "Give the same -Service as before, or another -HarvestId.",
        ["HarvestOtherShards"] = "Give the same -ShardIndex and -ShardCount as before, or another -HarvestId.",
        ["HubAccountId"] = "Give its 12 digits as -HubAccountId, or a principal as -TrustedPrincipal.",
        ["HubExternalId"] = "Give -RoleArn and -MemberRole as well. The role of one account has -ExternalId.",
        ["KeysAgain"] = "Give them again (-AccessKey, -SecretKey), or use a profile.",
        ["LakeUnwritable"] = "Make room or grant access, or give another -LakePath; then continue with -Resume: what is committed is safe.",
        ["MfaCode"] = "Give its six digits with -MfaCode, or run this at a prompt.",
        ["MfaNextCode"] = "Wait for the next one, and run this connection by itself with -MfaCode.",
        ["OrganizationalUnitId"] = "Correct -OrganizationalUnitId.",
        ["ProfileLocation"] = "Correct -ProfileLocation.",
        ["QuotaShare"] = "Let one of them wait, or lower -QuotaShare.",
        ["Resume"] = "Continue with -Resume.",
        ["ResumeAfter"] = "Set that right, then continue with -Resume.",
        ["ResumeAsBegun"] = "Leave -Service and -Region out, or begin a new harvest without -Resume.",
        ["ResumeLater"] = "Continue with -Resume when that is over.",
        ["ResumeNothing"] = "Begin a new harvest without -Resume.",
        ["ResumeOrRegions"] = "Continue with -Resume when that is over, or give the connection its Regions.",
        ["ResumeSameShards"] = "Resume it with the same -ShardIndex and -ShardCount.",
        ["ResumeThen"] = "Then continue with -Resume.",
        ["ShardBoth"] = "Give -ShardIndex and -ShardCount.",
        ["ShardCount"] = "-ShardCount is at least 1.",
        ["ShardCountDiffers"] = "Leave -ShardCount out, or give -ShardIndex too.",
        ["ShardCountMissing"] = "Set {0}, or give -ShardCount; -ShardCount 1 reads all accounts here.",
        ["ShardIndex"] = "Give -ShardIndex, from 0 to {0}.",
        ["ShardsNeedHarvestId"] = "Give all of them the same -HarvestId, such as the number of the pipeline's run. -ShardCount 1 reads all accounts here.",
        ["ShardsOtherRegions"] = "Give all its shards the same -Region, or another -HarvestId.",
        ["ShardsOtherServices"] = "Give all its shards the same -Service, or another -HarvestId.",
        ["ShardVariables"] = "Correct the variables, or give -ShardIndex and -ShardCount.",
        ["SmtpCredential"] = "Correct -SmtpCredential.",
        ["SmtpPort"] = "Correct -SmtpPort, or have the certificate trusted.",
        ["StackSetName"] = "Choose another -RoleName, or remove that StackSet.",
        ["StackSetPath"] = "Give -RolePath {0}, or first remove its stacks (aws cloudformation delete-stack-instances), the StackSet and the management account's role.",
        ["Suffix"] = "Give it as -Suffix.",
        ["WebhookToken"] = "Give a token as -Token instead.",
    };

    /// <summary>What is known here.</summary>
    public static IReadOnlyCollection<string> Ids => [.. Words.Keys, .. Instead.Keys];

    /// <summary>The cmdlet's sentence on an error; null where the engine's own words are all there is to say.</summary>
    public static string? On(CloudPostureException error) =>
        On(error.Advice is { Id: not null } advice ? advice : new Advice("", error.Id, error.Target));

    /// <summary>The cmdlet's sentence on an advice; null where there is none.</summary>
    public static string? On(Advice advice)
    {
        var words = advice.Id is { } id && (Words.TryGetValue(id, out var found) || Instead.TryGetValue(id, out found))
            ? string.Format(CultureInfo.InvariantCulture, found, Argument(advice.Subject ?? ""))
            : null;
        return advice.Then is { } then ? $"{words ?? advice.Text} {On(then) ?? then.Text}" : words;
    }

    /// <summary>The engine's advice and the cmdlet's sentence.</summary>
    public static string Whole(Advice? advice) =>
        advice is null ? ""
        : On(advice) is not { } words ? advice.Text
        : advice.Id is { } id && Instead.ContainsKey(id) ? words
        : $"{advice.Text} {words}";

    /// <summary>What the engine found, and what to do about it.</summary>
    public static string Told(string message, Advice? advice) => advice is null ? message : $"{message} {On(advice) ?? advice.Text}";

    // A number binds to any parameter as it is.
    private static string Argument(string subject) => subject.Length > 0 && subject.All(sign => sign is >= '0' and <= '9') ? subject : PowerShellLiteral.Of(subject);
}
