using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Errors;
using CloudPosture.Harvest.Accounts;

namespace CloudPosture.Connections;

/// <summary>Enters members of an organization: with and without the external ID, and as far as each service.</summary>
internal sealed class MemberTester(ConnectionResolver resolver, RoleTester roles)
{
    private const int SampledMembers = 3;
    private const int MembersAtOnce = 8;

    /// <summary>True to enter every account; false enters a few, spread over all.</summary>
    public bool EntersAllAccounts { get; init; }

    public bool IncludesEvents { get; init; }

    /// <summary>Is told what takes time; null tells nobody.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Enters members of an organization: with and without the external ID, and as far as each service.</summary>
    public async Task TestAsync(TestRun run, IReadOnlyList<AccountTarget> members, CancellationToken cancellationToken)
    {
        var chosen = EntersAllAccounts ? members : Sample(members);
        using var turns = new SemaphoreSlim(MembersAtOnce);
        var done = 0;
        var found = await Task.WhenAll(chosen.Select(async member =>
        {
            await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var result = await MemberAsync(run, member, cancellationToken).ConfigureAwait(false);
                Progress?.Invoke($"{Interlocked.Increment(ref done)} of {chosen.Count} accounts of '{run.Connection.Name}' were entered");
                return result;
            }
            finally
            {
                turns.Release();
            }
        })).ConfigureAwait(false);
        foreach (var (checks, missing) in found)
        {
            run.Checks.AddRange(checks);
            run.Missing.UnionWith(missing);
        }

        if (chosen.Count < members.Count)
        {
            run.Checks.Add(ConnectionCheck.Passed(ConnectionCheck.Members, $"{chosen.Count} of {members.Count} were entered, spread over all.") with { Advice = new Advice("The others can be tried too.", "MembersAll") });
        }
    }

    /// <summary>The first, the last and those between at even distances.</summary>
    private static IReadOnlyList<AccountTarget> Sample(IReadOnlyList<AccountTarget> members) => members.Count <= SampledMembers
        ? members
        : [.. Enumerable.Range(0, SampledMembers).Select(i => members[i * (members.Count - 1) / (SampledMembers - 1)])];

    private async Task<(List<ConnectionCheck> Checks, IReadOnlyCollection<string> Missing)> MemberAsync(TestRun run, AccountTarget member, CancellationToken cancellationToken)
    {
        var checks = new List<ConnectionCheck>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var name = $"Member {member.AccountId}";
        var entered = member.Resolved!.Roles;
        var entry = new RoleEntry(member.Resolved, entered[entered.Count - 1], run.Identity!.Arn, $"{name}: Role", $"{name}: {ConnectionCheck.ExternalId}");
        try
        {
            if (await roles.TryAsync(entry, run, checks, cancellationToken).ConfigureAwait(false))
            {
                checks.Add(await MemberServicesAsync(run.Connection, member, $"{name}: Services", missing, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            checks.Add(ConnectionCheck.Failed(name, problem.Message, TestAdvice.On(problem)));
        }

        return (checks, missing);
    }

    private async Task<ConnectionCheck> MemberServicesAsync(PostureConnection connection, AccountTarget member, string name, SortedSet<string> missing, CancellationToken cancellationToken)
    {
        var open = await resolver.OpenAsync(member, cancellationToken).ConfigureAwait(false);
        var target = new AwsTarget { Credentials = member.Credentials, Region = open.Regions[0], AccountId = member.AccountId, Endpoints = member.Endpoints };
        var probe = new ServiceProbe(resolver.Client, target, member.Partition);
        var tried = await Task.WhenAll(resolver.Catalog.ServicesOf(connection.Services)
            .Concat(IncludesEvents ? resolver.Catalog.Events : [])
            .Select(service => probe.TryAsync(service, cancellationToken))).ConfigureAwait(false);
        missing.UnionWith(tried.Select(result => result.DeniedAction).OfType<string>());
        var worst = tried.Select(result => result.Check)
            .Where(check => check.Status is CheckStatus.Failed or CheckStatus.Warning)
            .OrderByDescending(check => check.Status).ToList();
        return worst.Count == 0
            ? ConnectionCheck.Passed(name, $"All {tried.Length} services can be read.")
            : worst[0] with { Name = name, Detail = string.Join(" ", worst.Select(check => check.Detail)) };
    }
}
