using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Errors;

namespace CloudPosture.Onboarding.Roles;

/// <summary>Makes planned changes one after the other; when one fails, those before it are taken back.</summary>
internal sealed class RoleChanger(AwsCaller iam, RolePatience patience)
{
    private static readonly Regex RefusedPrincipal = new(@"Invalid principal in policy: ""(?<kind>\w+)"":""(?<value>[^""]+)""", RegexOptions.CultureInvariant);

    /// <summary>What the messages of IAM call a thing by; the ARN of a policy ends in its name.</summary>
    private static readonly string[] Names = ["RoleName", "PolicyName", "InstanceProfileName"];

    /// <summary>Makes the changes.</summary>
    /// <exception cref="RoleChangeException">One failed; the message tells what remains of the others.</exception>
    public async Task ApplyAsync(IReadOnlyList<RoleChange> changes, IProgress<RoleChange>? applied, CancellationToken cancellationToken)
    {
        var made = new List<string>();
        for (var index = 0; index < changes.Count; index++)
        {
            var change = changes[index];
            var isOpen = false;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                var failure = await patience.TryAsync(SendAsync, problem => SettlingAsync(problem, made, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (failure is not null)
                {
                    throw failure;
                }
            }
            catch (Exception cause) when (cause is CloudPostureException or OperationCanceledException)
            {
                var perhaps = isOpen ? await UndoOpenAsync(change).ConfigureAwait(false) : [];
                var remains = await UndoAsync(changes.Take(index).Reverse()).ConfigureAwait(false);
                throw new RoleChangeException(change, [.. perhaps, .. remains], cause);
            }

            // Open is what was sent and not answered: IAM may have done it all the same.
            async Task SendAsync()
            {
                isOpen = true;
                try
                {
                    await iam.CallAsync(change.Operation, change.Input, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception problem)
                {
                    isOpen = problem is OperationCanceledException or AwsServiceException { Kind: AwsErrorKind.TimedOut or AwsErrorKind.Transient or AwsErrorKind.Malformed };
                    throw;
                }
            }

            if (change.Operation.StartsWith("Create", StringComparison.Ordinal))
            {
                made.AddRange(Names.Select(name => (string?)change.Input[name]).OfType<string>());
            }

            applied?.Report(change);
        }
    }

    /// <summary>Takes back what may have been done; where that does not succeed, it may not have been there, or not yet.</summary>
    private async Task<IReadOnlyList<string>> UndoOpenAsync(RoleChange change) =>
        await TryUndoAsync(change).ConfigureAwait(false) ? [] : [$"perhaps {change.Action} ({change.Target}), since AWS gave no answer to it"];

    /// <summary>Takes changes back, whatever was cancelled, and tells which remain.</summary>
    private async Task<IReadOnlyList<string>> UndoAsync(IEnumerable<RoleChange> changes)
    {
        var remains = new List<string>();
        foreach (var change in changes)
        {
            if (!await TryUndoAsync(change).ConfigureAwait(false))
            {
                remains.Add($"{change.Action} ({change.Target})");
            }
        }

        return remains;
    }

    private async Task<bool> TryUndoAsync(RoleChange change)
    {
        if (change.Undo is not { } undo)
        {
            return false;
        }

        try
        {
            await iam.CallAsync(undo.Operation, undo.Input, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (CloudPostureException)
        {
            // The first failure is what the user must hear of; this change is named as remaining.
            return false;
        }
    }

    /// <summary>IAM is eventually consistent: it may refuse for a while what names something that it has just made.</summary>
    private async Task<RoleWait?> SettlingAsync(AwsServiceException problem, IReadOnlyList<string> made, CancellationToken cancellationToken)
    {
        if (problem.Code == AwsCaller.Missing && made.FirstOrDefault(name => problem.ServiceMessage.IndexOf(name, StringComparison.Ordinal) >= 0) is { } unseen)
        {
            return new RoleWait($"IAM does not show '{unseen}' everywhere yet, which was made just now.", TimeSpan.Zero, RolePatience.Longest, IsOver: false, MayBeMistaken: false);
        }

        if (problem.Code != "MalformedPolicyDocument" || problem.ServiceMessage.IndexOf("Invalid principal", StringComparison.Ordinal) < 0)
        {
            return null;
        }

        var principal = RefusedPrincipal.Match(problem.ServiceMessage) is { Success: true } named ? named.Groups["value"].Value : "that the trust policy names";
        var exists = await ExistsAsync(principal, cancellationToken).ConfigureAwait(false);
        return new RoleWait($"IAM does not know the principal {principal}{(exists ? " everywhere yet" : "")}.", TimeSpan.Zero, exists ? RolePatience.Longest : RolePatience.Short, IsOver: false, MayBeMistaken: !exists);
    }

    /// <summary>Whether a principal of this account is there, so that IAM will soon know it; false also where only another account could tell.</summary>
    private async Task<bool> ExistsAsync(string principal, CancellationToken cancellationToken)
    {
        var (kind, member) = principal.IndexOf(":role/", StringComparison.Ordinal) >= 0 ? ("Role", "RoleName") : ("User", "UserName");
        try
        {
            var found = await iam.FindAsync("Get" + kind, new JsonObject { [member] = principal.Substring(principal.LastIndexOf('/') + 1) }, cancellationToken).ConfigureAwait(false);
            return (string?)found?[kind]?["Arn"] == principal;
        }
        catch (AwsServiceException)
        {
            // Who may not look waits the shorter time.
            return false;
        }
    }
}
