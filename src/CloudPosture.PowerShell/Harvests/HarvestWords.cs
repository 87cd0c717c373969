using System;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Harvest;
using CloudPosture.Posture.Harvests;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>What Invoke-PostureHarvest says about what it is going to do.</summary>
internal static class HarvestWords
{
    /// <summary>Says which connections could not be used, and what comes of it.</summary>
    public static void Tell(HarvestRun run, NameFilter accounts, PipelineWriter writer)
    {
        foreach (var unreached in run.Unreached)
        {
            var name = unreached.Connection.Name;
            if (name == InvokePostureHarvestCommand.UnnamedConnection || unreached.Problem is OwnMistakeException)
            {
                writer.Error(ErrorRecords.From(unreached.Problem, name));
                continue;
            }

            writer.Warning($"Connection '{name}' could not be used: {CmdletAdvice.Told(unreached.Problem.Message, unreached.Advice)} {Consequence(unreached)} Test-PostureConnection {name} tells what is wrong.");
        }

        TellAccounts(run, accounts, writer);

        if (run.HasAccounts)
        {
            writer.Verbose($"{run.Request.Targets.Count} accounts are going to be read: {(run.Request.Services.Count == 0 ? "all services" : string.Join(", ", run.Request.Services))}.");
        }
    }

    private static void TellAccounts(HarvestRun run, NameFilter accounts, PipelineWriter writer)
    {
        var known = run.Accounts.SelectMany(account => new[] { account.Id, account.Name }).ToList();
        foreach (var stranger in accounts.ExactNames.Where(name => known.Count > 0 && !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            writer.Error(ErrorRecords.From(UnknownNameException.Among("Account", stranger, known, "The connections do not lead to it."), stranger));
        }

        // A name that is nobody's was told.
        if (!run.HasAccounts && known.Count > 0 && accounts.ExactNames.Count == 0)
        {
            writer.Warning("The connections lead to no account that -Account names.");
        }
    }

    private static string Consequence(UnreachedConnection unreached) =>
        unreached.Accounts.Count > 0 ? $"Not assessed because of it: {SomeNames.Of(unreached.Accounts)}."
        : unreached.IsKnown ? "Other connections lead to its accounts too."
        : "Nobody knows which account it leads to.";

    // What -WhatIf and -Confirm show: how much is going to be asked, as far as earlier harvests tell.
    public static string Describe(HarvestRequest request)
    {
        var estimate = HarvestEstimate.Of(request, ModuleFolder.Catalog);
        var through = string.Join(", ", request.Targets.Select(target => target.Connection).Distinct());
        var cost = estimate is { Calls: { } calls, Duration: { } duration }
            ? $"about {calls:N0} calls, {Describe(duration)} of reading, told from earlier harvests{(estimate.NewAccounts > 0 ? $"; {estimate.NewAccounts} of the accounts are new" : "")}{(estimate.UnknownServices.Count > 0 ? $"; not counted, because they were never read: {string.Join(", ", estimate.UnknownServices)}" : "")}"
            : "nothing was harvested yet to tell calls and time from";
        return $"{estimate.Accounts} accounts through {through} ({(request.Resume is { } id ? $"what is left of harvest {id}: " : "")}{cost})";
    }

    private static string Describe(TimeSpan duration) =>
        $"{(duration.Days > 0 ? $"{duration.Days} {(duration.Days == 1 ? "day" : "days")} " : "")}{duration:hh\\:mm\\:ss}";
}
