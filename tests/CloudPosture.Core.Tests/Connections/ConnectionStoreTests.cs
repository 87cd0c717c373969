using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;

namespace CloudPosture.Tests.Connections;

/// <summary>What is stored comes back, under names that are taken once.</summary>
public sealed class ConnectionStoreTests : ConnectionStoreTest
{
    [Fact]
    public async Task A_connection_comes_back_as_it_was_stored()
    {
        var connection = new PostureConnection
        {
            Name = "prod",
            AccountId = "111122223333",
            RoleArn = "arn:aws-us-gov:iam::111122223333:role/audit/Reader",
            ExternalId = "id:with/all=of+the,signs.@-_",
            SessionDuration = 900,
            Credential = new CredentialReference { Kind = CredentialKind.Profile, ProfileName = "hub", ProfileLocation = "/etc/aws" },
            Regions = ["us-gov-west-1"],
            Services = ["s3"],
            Namespace = "gov",
            Tags = new System.Collections.Generic.Dictionary<string, string> { ["Owner"] = "Zoë & <co>" },
            Notes = "two\nlines",
            Enabled = false,
        };

        await Add(connection);

        var read = await NewStore().GetAsync("PROD", default);
        Assert.Equivalent(connection with { Created = Now, Modified = Now }, read, strict: true);
    }

    [Fact]
    public async Task An_organization_comes_back_as_it_was_stored()
    {
        var scope = new OrganizationScope { MemberRole = "audit/reader", OrganizationalUnitIds = ["ou-ab12-cd34ef56"], ExcludedAccounts = ["111122223333"], IncludeManagementAccount = false };
        await Add(new PostureConnection { Name = "org", Kind = ConnectionKind.Organization, Organization = scope });
        Assert.Equivalent(scope, (await _store.GetAsync("org", default)).Organization, strict: true);
    }

    [Fact]
    public async Task A_name_is_taken_once_in_any_case()
    {
        await Add(Named("prod"));
        var error = await Assert.ThrowsAsync<ConnectionException>(() => Add(Named("Prod")));
        Assert.Equal(ConnectionError.AlreadyExists, error.Error);
        Assert.Contains("'prod' already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replacing_keeps_the_creation_date()
    {
        await Add(Named("prod"));
        var later = NewStore(Now.AddDays(1));
        await later.AddAsync([Named("prod") with { Notes = "new" }], replace: true, default);
        var read = await later.GetAsync("prod", default);
        Assert.Equal((Now, Now.AddDays(1), "new"), (read.Created, read.Modified, read.Notes));
    }

    [Fact]
    public async Task Adding_several_adds_all_or_none()
    {
        await Add(Named("b"));
        await Assert.ThrowsAsync<ConnectionException>(() => _store.AddAsync([Named("a"), Named("b")], replace: false, default));
        Assert.Equal(["b"], await Names());
    }

    [Fact]
    public async Task A_change_may_rename_but_not_onto_another()
    {
        await _store.AddAsync([Named("a"), Named("b")], replace: false, default);
        await _store.ChangeAsync("a", connection => connection with { Name = "A" }, default);
        await _store.ChangeAsync("A", connection => connection with { Name = "c" }, default);
        var error = await Assert.ThrowsAsync<ConnectionException>(() => _store.ChangeAsync("c", connection => connection with { Name = "B" }, default));
        Assert.Equal(ConnectionError.AlreadyExists, error.Error);
        Assert.Equal(["b", "c"], await Names());
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_the_known_ones()
    {
        Assert.Equal("ConnectionsNone", (await Assert.ThrowsAsync<ConnectionException>(() => _store.GetAsync("x", default))).Advice?.Id);
        await Add(Named("prod"));
        var error = await Assert.ThrowsAsync<ConnectionException>(() => _store.RemoveAsync(["x"], force: false, default));
        Assert.Equal(ConnectionError.NotFound, error.Error);
        Assert.Contains("prod", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_keeps_its_members_under_a_new_name()
    {
        await _store.AddAsync([Named("hub"), Through("one", "HUB"), Through("two", "hub"), Through("other", "one")], replace: false, default);

        await _store.ChangeAsync("hub", connection => connection with { Name = "centre" }, default);

        Assert.Equal([null, "centre", "one", "centre"], (await _store.ListAsync(default)).OrderBy(connection => connection.Name).Select(connection => connection.Credential.Connection));
    }

    [Fact]
    public async Task A_hub_must_be_there_and_stays_while_members_need_it()
    {
        Assert.Equal(ConnectionError.NotFound, (await Assert.ThrowsAsync<ConnectionException>(() => Add(Through("one", "hub")))).Error);
        await _store.AddAsync([Named("hub"), Through("one", "hub"), Named("other")], replace: false, default);
        Assert.Equal(ConnectionError.NotFound, (await Assert.ThrowsAsync<ConnectionException>(() => _store.ChangeAsync("other", connection => Through("other", "nosuch"), default))).Error);

        var refused = await Assert.ThrowsAsync<ConnectionException>(() => _store.RemoveAsync(["hub"], force: false, default));
        Assert.Equal(ConnectionError.InUse, refused.Error);
        Assert.Contains("one", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await _store.RemoveAsync(["hub", "one"], force: false, default)).Count);
        Assert.Equal(["other"], await Names());
    }

    [Fact]
    public async Task A_thousand_connections_come_back_as_they_were_kept()
    {
        var connections = Enumerable.Range(0, 1000).Select(i => Named($"account-{i:0000}") with
        {
            RoleArn = $"arn:aws:iam::{i:000000000000}:role/CloudPostureReadOnly",
            ExternalId = $"external-{i}",
            Regions = ["eu-central-1", "us-east-1"],
            Notes = new string('n', 100),
        }).ToList();
        await _store.AddAsync(connections, replace: false, default);

        var listed = await NewStore().ListAsync(default);

        Assert.Equal(connections.Select(connection => (connection.Name, connection.RoleArn, connection.ExternalId)), listed.Select(connection => (connection.Name, connection.RoleArn, connection.ExternalId)));
    }
}
