using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Tests.Connections;

/// <summary>Resolving, importing and testing connections against the sandbox.</summary>
public sealed class ConnectionTests : ConnectionTest
{
    [Fact]
    public async Task A_role_leads_to_its_account_and_all_its_enabled_regions()
    {
        var session = Assert.Single(await _resolver.ResolveAsync(Member(1), default));
        Assert.Empty(session.Regions);
        var open = await _resolver.OpenAsync(session, default);
        Assert.Equal((Account(1).Id, "aws", false), (open.AccountId, open.Partition, open.IsManagementAccount == true));
        Assert.Equal(_sandbox.Organization.Regions.Order(), open.Regions);
        Assert.True(open.CredentialDescription!.Renews);
    }

    [Fact]
    public async Task Keys_of_the_management_account_lead_there()
    {
        var session = Assert.Single(await _resolver.ResolveAsync(WithKeys(new PostureConnection { Name = "hub", Regions = ["eu-west-1"] }), default));
        var open = await _resolver.OpenAsync(session, default);
        Assert.Equal((Account(0).Id, true), (open.AccountId, open.IsManagementAccount));
        Assert.Equal(["eu-west-1"], open.Regions);
    }

    /// <summary>It is a member then, as only the management account's rules need to know.</summary>
    [Fact]
    public async Task An_account_whose_organization_is_not_told_is_reached()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.RewrittenBody, Operation = "DescribeOrganization", Rewrite = _ => "{}"u8.ToArray() });
        var session = Assert.Single(await _resolver.ResolveAsync(WithKeys(new PostureConnection { Name = "hub", Regions = ["eu-west-1"] }), default));

        var open = await _resolver.OpenAsync(session, default);

        Assert.Equal((Account(0).Id, false), (open.AccountId, open.IsManagementAccount == true));
    }

    [Fact]
    public async Task Reaching_another_account_than_expected_is_an_error()
    {
        var error = await Assert.ThrowsAsync<ConnectionException>(() => _resolver.ResolveAsync(WithKeys(new PostureConnection { Name = "hub", AccountId = "999999999999" }), default));
        Assert.Equal(ConnectionError.WrongAccount, error.Error);
    }

    [Fact]
    public async Task An_organization_expands_to_its_accounts_with_their_units()
    {
        var sessions = await _resolver.ResolveAsync(Organization(), default);
        Assert.Equal(_sandbox.Organization.Accounts.Select(account => account.Id).Order(), sessions.Select(session => session.AccountId));
        Assert.Equal(Account(0).Id, Assert.Single(sessions, session => session.IsManagementAccount == true).AccountId);
        Assert.All(sessions, session => Assert.StartsWith("Root", session.UnitPath, StringComparison.Ordinal));
        foreach (var session in sessions)
        {
            await _resolver.OpenAsync(session, default);
        }
    }

    [Fact]
    public async Task Accounts_are_left_out_as_the_connection_says()
    {
        var organization = Organization();
        var sessions = await _resolver.ResolveAsync(
            organization with { Organization = organization.Organization! with { IncludeManagementAccount = false, ExcludedAccounts = [Account(2).Id] } }, default);
        Assert.Equal(new[] { Account(1).Id, Account(3).Id, Account(4).Id }.Order(), sessions.Select(session => session.AccountId));
    }

    [Fact]
    public async Task A_unit_covers_the_accounts_in_it_and_in_the_units_below()
    {
        var organization = Organization();
        var all = await _resolver.ResolveAsync(organization, default);
        var units = (await new OrganizationReader(_client, Shipped.Content.Catalog, ManagementTarget()).ReadAsync(default)).ToDictionary(account => account.Id, account => account.UnitIds);
        foreach (var unit in units.Values.SelectMany(ids => ids).Distinct())
        {
            var covered = await _resolver.ResolveAsync(organization with { Organization = organization.Organization! with { OrganizationalUnitIds = [unit] } }, default);

            Assert.Equal(all.Select(session => session.AccountId).Where(account => units[account].Contains(unit)), covered.Select(session => session.AccountId));
        }

        Assert.Contains(units.Values, ids => ids.Count > 1);
    }

    [Theory]
    [InlineData("SUSPENDED")]
    [InlineData("PENDING_CLOSURE")]
    public async Task Accounts_that_are_being_closed_are_left_out(string state)
    {
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = _sandbox.Url, HttpMessageHandler = new ClosingHandler(Account(2).Id, state) });
        var resolver = new ConnectionResolver(client, Shipped.Content.Catalog, _store, new CredentialResolver(client), _secrets);

        var sessions = await resolver.ResolveAsync(Organization(), default);

        Assert.Equal(_sandbox.Organization.Accounts.Select(account => account.Id).Where(id => id != Account(2).Id).Order(), sessions.Select(session => session.AccountId));
    }

    [Fact]
    public async Task A_hub_role_is_given_an_external_id_of_its_own()
    {
        var throughHub = Organization() with { RoleArn = Account(0).ReaderRoleArn };
        var refused = await Assert.ThrowsAsync<AwsServiceException>(() => _resolver.ResolveAsync(throughHub with { HubExternalId = "not-the-hubs" }, default));
        Assert.Equal(AwsErrorKind.AccessDenied, refused.Kind);

        var sessions = await _resolver.ResolveAsync(throughHub with { HubExternalId = _sandbox.Organization.ExternalId }, default);

        Assert.Equal(5, sessions.Count);
        Assert.Contains("hub's external ID", Assert.Throws<ConnectionException>(() => ConnectionRules.Validate(Member(1) with { HubExternalId = "a-hub" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_the_organization_lacks_is_an_error()
    {
        var organization = Organization();
        var error = await Assert.ThrowsAsync<ConnectionException>(() => _resolver.ResolveAsync(organization with { Organization = organization.Organization! with { OrganizationalUnitIds = ["ou-zzzz-zzzzzzzz"] } }, default));
        Assert.Contains("ou-zzzz-zzzzzzzz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_in_a_circle_are_one_clear_error()
    {
        PostureConnection Through(string name, string hub) => new() { Name = name, Credential = new CredentialReference { Kind = CredentialKind.Connection, Connection = hub } };
        await _store.AddAsync([Through("a", "b"), Through("b", "a")], replace: false, default);
        Assert.Contains("circle", (await Assert.ThrowsAsync<ConnectionException>(() => _resolver.ResolveAsync(Through("c", "a"), default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imported_accounts_are_entered_through_the_hub()
    {
        var hub = Organization();
        await _store.AddAsync([hub], replace: false, default);
        var imported = await ConnectionImporter.FromOrganizationAsync(hub, _resolver, default);
        await _store.AddAsync(imported.ToList(), replace: false, default);
        Assert.Equal(5, imported.Count);
        foreach (var connection in imported)
        {
            Assert.Equal(connection.AccountId, Assert.Single(await _resolver.ResolveAsync(connection, default)).AccountId);
        }

        Assert.All(Directory.GetFiles(_scratch.Path), file => Assert.DoesNotContain(_sandbox.Organization.OperatorKey.SecretAccessKey, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Profiles_that_enter_roles_are_imported_with_names_that_are_allowed()
    {
        _scratch.Write("config", """
            [default]
            region = eu-west-1
            [profile team/one]
            role_arn = arn:aws:iam::111122223333:role/cartography-read-only
            credential_source = Ec2InstanceMetadata
            [profile two]
            role_arn = arn:aws:iam::444455556666:role/cartography-read-only
            credential_source = Ec2InstanceMetadata
            """);
        var imported = ConnectionImporter.FromProfiles(_scratch.File("config"));
        Assert.Equal([("team-one", "111122223333", "team/one"), ("two", "444455556666", "two")], imported.Select(connection => (connection.Name, connection.AccountId!, connection.Credential.ProfileName!)));
        Assert.All(imported, connection => ConnectionRules.Validate(connection));
    }

    /// <summary>An organization that is closing one of its accounts.</summary>
    private sealed class ClosingHandler(string accountId, string state) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (text.StartsWith('{') && JsonNode.Parse(text) is JsonObject answer && answer["Accounts"] is JsonArray accounts)
            {
                foreach (var account in accounts.Where(account => (string?)account!["Id"] == accountId))
                {
                    account!["State"] = state;
                    account["Status"] = state;
                }

                response.Content = new StringContent(answer.ToJsonString(), null, "application/x-amz-json-1.1");
            }

            return response;
        }
    }
}
