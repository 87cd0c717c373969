using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Sandbox.State.Monitoring;

namespace CloudPosture.Sandbox.State.Generation;

/// <summary>The faults of an account or of an account's Region as a whole.</summary>
internal static class CellFaults
{
    private static readonly string[] OrganizationRules =
    [
        "Organizations.CentralRootAccess", "Organizations.Guardrails", "Organizations.ManagementAccountWorkload",
        "Organizations.PolicyDelegatedAdministrator", "Organizations.ServiceDelegatedAdministrator",
    ];

    private static readonly string[] AccountRules =
    [
        "IAM.RootAccessKey", "IAM.RootMfa", "IAM.RootHardwareMfa", "IAM.RootRecentUse", "IAM.PasswordPolicyLength", "IAM.PasswordPolicyReuse",
        "IAM.SupportRole", "IAM.CentralUserManagement", "IAM.CloudShellFullAccess", "Account.ContactDetails", "Account.SecurityContact",
        "S3.AccountPublicAccessBlock", "CloudTrail.MultiRegion", "CloudTrail.S3WriteEvents", "CloudTrail.S3ReadEvents",
        .. Monitors.All.Select(monitor => monitor.RuleId),
    ];

    private static readonly string[] RegionRules =
    [
        "EC2.EbsDefaultEncryption", "EC2.SnapshotBlockPublicAccess",
    ];

    /// <summary>True where the rule must fail for the cell, by its own fault or as another fault's side effect.</summary>
    public static bool Fails(Cell cell, string rule) => IsPlanted(cell, rule) || Causes(rule).Any(cause => IsPlanted(cell, cause));

    public static IEnumerable<PlantedFinding> Planted(Cell cell)
    {
        var rules = cell.IsGlobal ? AccountRules.Concat(cell.Account.IsManagement ? OrganizationRules : []) : RegionRules;
        return rules
            .Where(rule => Fails(cell, rule))
            .Select(rule => new PlantedFinding(cell.AccountId, cell.Region, rule, cell.IsGlobal ? cell.AccountId : cell.Region));
    }

    private static string[] Causes(string rule) => rule switch
    {
        // Without any MFA there is no hardware MFA; without a trail nothing is monitored.
        "IAM.RootHardwareMfa" => ["IAM.RootMfa"],
        "CloudTrail.S3WriteEvents" or "CloudTrail.S3ReadEvents" => ["CloudTrail.MultiRegion"],
        _ when rule.StartsWith("CloudWatch.Monitor", StringComparison.Ordinal) => ["CloudTrail.MultiRegion"],
        _ => [],
    };

    private static bool IsPlanted(Cell cell, string rule)
    {
        if (!cell.Organization.HasFaults)
        {
            return false;
        }

        if (Array.IndexOf(OrganizationRules, rule) >= 0)
        {
            return true;
        }

        var rules = cell.IsGlobal ? AccountRules : RegionRules;
        var cells = cell.Organization.Accounts.Count * (cell.IsGlobal ? 1 : cell.Organization.Regions.Count);
        var period = Math.Clamp(cells, 2, cell.IsGlobal ? 4 : 7);
        return (cell.Ordinal + Array.IndexOf(rules, rule) + cell.Organization.Seed) % period == 0;
    }
}
