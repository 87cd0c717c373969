using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.CloudFormation;
using CloudPosture.Sandbox.State.Delegation;
using CloudPosture.Sandbox.State.Generation;
using CloudPosture.Sandbox.State.Iam;
using CloudPosture.Sandbox.State.Monitoring;

namespace CloudPosture.Sandbox.State;

/// <summary>What changes while the sandbox runs: keys given out, and what was written.</summary>
internal sealed class World
{
    private readonly ConcurrentDictionary<(string Serial, string Code), bool> _codes = new();

    public World(SandboxOrganization organization, TimeProvider clock)
    {
        Organization = organization;
        Clock = clock;
        Delegation = new DelegationRequests(clock);
        AddUser(SandboxOrganization.OperatorUser, organization.OperatorKey, isAdministrator: false);
        AddUser(SandboxOrganization.AdministratorUser, organization.AdministratorKey, isAdministrator: true);
    }

    public SandboxOrganization Organization { get; }

    public TimeProvider Clock { get; }

    public KeyRing Keys { get; } = new();

    public IamWrites Iam { get; init; } = new();

    public DelegationRequests Delegation { get; }

    public Stacks Stacks { get; } = new();

    public HubFindings HubFindings { get; } = new();

    /// <summary>Takes the code of an MFA device; false where it is none, or was taken before.</summary>
    public bool TakeCode(string serial, string code) => code.Length == 6 && code.All(char.IsAsciiDigit) && _codes.TryAdd((serial, code), true);

    /// <summary>The wire form of the present.</summary>
    public string Now => WireTime.Text(Clock.GetUtcNow());

    /// <summary>A policy of one of the organization's accounts, or a partner's that was added; null where there is none.</summary>
    public JsonObject? FindPolicy(string arn) => arn.Split(':') is [_, _, _, _, var id, ..] && Organization.Find(id) is { } account
        ? IamService.FindPolicy(this, Organization.Global(account), arn)
        : Iam.Policy(arn);

    /// <summary>Makes a user with a new access key.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="name">The user's name.</param>
    /// <param name="policy">What the user may do; null for everything.</param>
    public SandboxKey AddUser(string accountId, string name, string? policy)
    {
        var hash = Mix.Hash((ulong)Organization.Seed, accountId + name);
        var key = new SandboxKey("AKIA" + Mix.Letters(hash, 16), Mix.Letters(Mix.Spread(hash), 40));
        Keys.Add(new IssuedKey(key.AccessKeyId, key.SecretAccessKey, null, null, User(accountId, name) with { IsAdministrator = policy is null, Policy = policy }));
        return key;
    }

    private void AddUser(string name, SandboxKey key, bool isAdministrator) => Keys.Add(new IssuedKey(
        key.AccessKeyId, key.SecretAccessKey, null, null, User(Organization.Management.Id, name) with { IsAdministrator = isAdministrator }));

    private Principal User(string accountId, string name) => new(
        accountId, $"arn:aws:iam::{accountId}:user/{name}", "AIDA" + Mix.Letters(Mix.Hash((ulong)Organization.Seed, accountId + name), 17), PrincipalKind.User, name);
}
