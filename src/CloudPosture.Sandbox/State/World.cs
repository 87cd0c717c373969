using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;
using System;

namespace CloudPosture.Sandbox.State;

/// <summary>What changes while the sandbox runs: keys given out, and what was written.</summary>
internal sealed class World
{
    public World(SandboxOrganization organization, TimeProvider clock)
    {
        Organization = organization;
        Clock = clock;
        AddUser(SandboxOrganization.OperatorUser, organization.OperatorKey, isAdministrator: false);
        AddUser(SandboxOrganization.AdministratorUser, organization.AdministratorKey, isAdministrator: true);
    }

    public SandboxOrganization Organization { get; }

    public TimeProvider Clock { get; }

    public KeyRing Keys { get; } = new();

    public IamWrites Iam { get; } = new();

    /// <summary>The wire form of the present.</summary>
    public string Now => WireTime.Text(Clock.GetUtcNow());

    private void AddUser(string name, SandboxKey key, bool isAdministrator)
    {
        var account = Organization.Management;
        var principal = new Principal(account.Id, $"arn:aws:iam::{account.Id}:user/{name}", "AIDA" + Mix.Letters(Mix.Hash((ulong)Organization.Seed, name), 17), PrincipalKind.User, name)
        {
            IsAdministrator = isAdministrator,
        };
        Keys.Add(new IssuedKey(key.AccessKeyId, key.SecretAccessKey, null, null, principal));
    }
}
