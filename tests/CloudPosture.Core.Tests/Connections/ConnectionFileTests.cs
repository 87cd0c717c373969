using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;

namespace CloudPosture.Tests.Connections;

/// <summary>The file that connections are kept in: for people to read and edit, for their user alone, and whole whatever happens.</summary>
public sealed class ConnectionFileTests : ConnectionStoreTest
{
    [Fact]
    public async Task The_file_is_for_people_to_read()
    {
        await Add(new PostureConnection { Name = "prod", Credential = new CredentialReference { Kind = CredentialKind.Environment } });
        Assert.Equal(
            """
            {
              "version": 1,
              "connections": [
                {
                  "name": "prod",
                  "kind": "account",
                  "credential": {
                    "kind": "environment"
                  },
                  "regions": [],
                  "services": [],
                  "namespace": "default",
                  "tags": {},
                  "enabled": true,
                  "created": "2026-03-04T05:06:07+00:00",
                  "modified": "2026-03-04T05:06:07+00:00"
                }
              ]
            }
            """,
            await File.ReadAllTextAsync(_store.FilePath));
    }

    [Fact]
    public async Task A_file_edited_by_hand_is_read_as_it_is_meant()
    {
        _scratch.Write("connections.json", """
            {
              // Asked for by audit.
              "Version": 1,
              "CONNECTIONS": [
                { "Name": "a", "RoleArn": "arn:aws:iam::111122223333:role/reader", "Enabled": false, "Credential": { "Kind": "Profile", "profilename": "op", }, /* later: eu-west-1 */ "Regions": ["us-east-1",], },
              ],
            }
            """);

        var read = await _store.GetAsync("a", default);

        Assert.Equal(("arn:aws:iam::111122223333:role/reader", false, CredentialKind.Profile, "op"), (read.RoleArn, read.Enabled, read.Credential.Kind, read.Credential.ProfileName));
        Assert.Equal(["us-east-1"], read.Regions);
    }

    [Theory]
    [InlineData("""{"connections": [{"name": "a",\n "role": "marked-value"}]}""", "line 2 has the setting 'role'")]
    [InlineData("""{"connections": [{"name": "a", "credential": {\n\n"profile": "marked-value"}}]}""", "line 3 has the setting 'profile'")]
    [InlineData("""{"connections": [{"name": "a", "organization": {"memberRole": "r", "excludedAccount": ["marked-value"]}}]}""", "line 1 has the setting 'excludedAccount'")]
    [InlineData("""{"theme": "marked-value", "connections": []}""", "line 1 has the setting 'theme'")]
    [InlineData("""{"connections": [{"name": "a", "roleArn": "marked-value",\n "RoleArn": "x"}]}""", "line 2 has a setting for the second time: '")]
    [InlineData("""{"connections": [{"name": "a",\n "enabled": "marked-value"}]}""", "line 2 has a value of connections[0].enabled that cannot be one")]
    [InlineData("""{"connections": [{"name": "a", "kind": "marked-value"}]}""", "line 1 has a value of connections[0].kind that cannot be one")]
    [InlineData("""{"connections": [{"name": "a"},\n{"notes": "marked-value"}]}""", "line 2 ends connections[1] without the setting 'name'")]
    [InlineData("""{"connections": [\n{"name": marked-value}]}""", "line 2 is not as JSON should be")]
    [InlineData("""{"connections": [null]}""", "connections[0] is null")]
    [InlineData("""{"connections": [{"name": "a", "regions": [null]}]}""", "connections[0].regions: one of its values is null")]
    [InlineData("""{"connections": [{"name": "a", "tags": {"a": null}}]}""", "connections[0].tags: one of its values is null")]
    [InlineData("""{"version": 2, "vault": "marked-value", "connections": []}""", "newer CloudPosture")]
    public async Task What_is_wrong_in_the_file_is_named_and_its_value_is_not(string text, string says)
    {
        _scratch.Write("connections.json", text.Replace("\\n", "\n", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<ConnectionException>(() => _store.ListAsync(default));
        Assert.Equal(ConnectionError.Corrupt, error.Error);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marked", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_behind_a_link_is_replaced_where_it_is()
    {
        var dotfiles = Directory.CreateDirectory(_scratch.File("dotfiles")).FullName;
        var home = Directory.CreateDirectory(_scratch.File("home")).FullName;
        await File.WriteAllTextAsync(Path.Combine(dotfiles, "posture.json"), """{"connections": [{"name": "old"}]}""");
        File.CreateSymbolicLink(Path.Combine(home, "step.json"), Path.Combine("..", "dotfiles", "posture.json"));
        File.CreateSymbolicLink(Path.Combine(home, "connections.json"), "step.json");
        var store = new ConnectionStore(home);

        await store.AddAsync([Named("new")], replace: false, default);

        Assert.Equal("step.json", new FileInfo(Path.Combine(home, "connections.json")).LinkTarget);
        Assert.Contains("\"new\"", await File.ReadAllTextAsync(Path.Combine(dotfiles, "posture.json")), StringComparison.Ordinal);
        Assert.Equal(["connections.json", "step.json"], Directory.GetFiles(home).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_disk_that_refuses_is_told_and_not_as_another_process()
    {
        // A lock that leads to itself can be opened by nobody, for a reason that no waiting changes.
        File.CreateSymbolicLink(_scratch.File("connections.lock"), "connections.lock");

        var error = await Assert.ThrowsAsync<ConnectionException>(() => Add(Named("a")));

        Assert.Equal(ConnectionError.Inaccessible, error.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"version": 1}""")]
    [InlineData("""{"version": 1, "connections": null}""")]
    [InlineData("""{"version": 1, "connections": [{}]}""")]
    [InlineData("""{"version": 1, "connections": [{"name": "a", "regions": null}]}""")]
    [InlineData("""{"version": 1, "connections": [{"name": "a"}, {"name": "A"}]}""")]
    [InlineData("""{"version": 1, "connections": [{"name": "a", "kind": "galaxy"}]}""")]
    [InlineData("""{"version": 2, "connections": []}""")]
    public async Task A_file_that_is_not_understood_is_one_clear_error_and_stays(string text)
    {
        var path = _scratch.Write("connections.json", text);
        var reading = await Assert.ThrowsAsync<ConnectionException>(() => _store.ListAsync(default));
        var writing = await Assert.ThrowsAsync<ConnectionException>(() => Add(Named("x")));
        Assert.Equal((ConnectionError.Corrupt, ConnectionError.Corrupt), (reading.Error, writing.Error));
        Assert.Contains(path, reading.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("begin", "old")]
    [InlineData("created", "old")]
    [InlineData("written", "old")]
    [InlineData("flushed", "old")]
    [InlineData("replaced", "new")]
    public async Task A_write_that_dies_leaves_the_old_file_or_the_new_one(string step, string expected)
    {
        await Add(Named("prod") with { Notes = "old" });
        var dying = NewStore();
        dying.AtStep = reached => _ = reached == step ? throw new OperationCanceledException() : reached;
        await Assert.ThrowsAsync<OperationCanceledException>(() => dying.ChangeAsync("prod", connection => connection with { Notes = "new" }, default));

        Assert.Equal(expected, (await _store.GetAsync("prod", default)).Notes);
        await _store.ChangeAsync("prod", connection => connection with { Notes = "later" }, default);
        Assert.Equal("later", (await _store.GetAsync("prod", default)).Notes);
        Assert.Equal(["connections.json", "connections.lock"], Directory.GetFiles(_scratch.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Writers_at_once_lose_nothing_and_readers_always_see_a_whole_file()
    {
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            var most = 0;
            while (!done.IsCancellationRequested)
            {
                var count = (await NewStore().ListAsync(default)).Count;
                Assert.True(count >= most);
                most = count;
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var store = NewStore();
            for (var i = 0; i < 10; i++)
            {
                await store.AddAsync([Named($"c-{writer}-{i}")], replace: false, default);
            }
        })));
        await done.CancelAsync();
        await reading;

        Assert.Equal(80, (await _store.ListAsync(default)).Count);
    }

    [Fact]
    public async Task Only_the_user_may_open_the_folder_and_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = new ConnectionStore(_scratch.File("home"));
        await store.AddAsync([Named("prod")], replace: false, default);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_scratch.File("home")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(store.FilePath));
    }

    [Fact]
    public async Task Nothing_is_made_by_looking()
    {
        var store = new ConnectionStore(_scratch.File("home"));
        Assert.Empty(await store.ListAsync(default));
        Assert.False(Directory.Exists(_scratch.File("home")));
    }
}
