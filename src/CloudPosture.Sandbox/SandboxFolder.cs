using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace CloudPosture.Sandbox;

/// <summary>
/// What the clients of a sandbox need, as files: <c>sandbox.json</c> (where it is, and what is in it), the AWS files <c>config</c>
/// and <c>credentials</c> with a profile for its reader and one for each account's administrator, and <c>messages.jsonl</c> (what
/// SNS delivers, a message a line).
/// </summary>
public static class SandboxFolder
{
    /// <summary>The profile of the management account's user that may read and enter the reader roles.</summary>
    public const string ReaderProfile = "reader";

    private const string AdministratorUser = "owner";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Writes the files, and from now on each message.</summary>
    /// <param name="server">The sandbox.</param>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    public static void Write(SandboxServer server, string folder)
    {
        Directory.CreateDirectory(folder);
        var profiles = Profiles(server);
        File.WriteAllLines(Path.Combine(folder, "credentials"), profiles.SelectMany(profile => (string[])
        [
            $"[{profile.Name}]", $"aws_access_key_id = {profile.Key.AccessKeyId}", $"aws_secret_access_key = {profile.Key.SecretAccessKey}",
        ]));
        File.WriteAllLines(Path.Combine(folder, "config"), profiles.SelectMany(profile => (string[])
        [
            $"[profile {profile.Name}]", $"region = {server.Organization.Regions[0]}", $"endpoint_url = {server.Url.ToString().TrimEnd('/')}",
        ]));
        File.WriteAllText(Path.Combine(folder, "sandbox.json"), JsonSerializer.Serialize(Describe(server), Readable));
        TellMessages(server, Path.Combine(folder, "messages.jsonl"));
    }

    /// <summary>Writes what must fail, a fault a line under a header; the file is there when it is whole.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="path">The file.</param>
    public static void WritePlanted(SandboxOrganization organization, string path)
    {
        var part = path + ".part";
        File.WriteAllLines(part, organization.Planted.Select(fault => $"{fault.AccountId},{fault.Region},{fault.RuleId},{fault.ResourceId}").Prepend("AccountId,Region,RuleId,ResourceId"));
        File.Move(part, path, overwrite: true);
    }

    private static object Describe(SandboxServer server) => new
    {
        EndpointUrl = server.Url.ToString().TrimEnd('/'),
        server.Organization.Regions,
        Accounts = server.Organization.Accounts.Select(account => new { account.Id, account.Name, account.IsManagement }),
        MemberRole = SandboxOrganization.ReaderRole,
        server.Organization.ExternalId,
        PolicyTemplateArn = SandboxDelegation.DefaultTemplateArn,
    };

    private static List<(string Name, SandboxKey Key)> Profiles(SandboxServer server) =>
    [
        (ReaderProfile, server.Organization.OperatorKey),
        .. server.Organization.Accounts.Select(account => (account.Name, server.Delegation.AddUser(account.Id, AdministratorUser))),
    ];

    private static void TellMessages(SandboxServer server, string path)
    {
        var gate = new Lock();
        File.WriteAllText(path, "");
        server.Delegation.MessageSent += message =>
        {
            lock (gate)
            {
                File.AppendAllText(path, message + "\n");
            }
        };
    }
}
