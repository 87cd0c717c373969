using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Sandbox;

public sealed class IamWriteTests
{
    private const string ReadsBuckets = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}}""";
    private const string SecurityAudit = "arn:aws:iam::aws:policy/SecurityAudit";

    [Fact]
    public async Task A_role_that_was_made_is_listed_and_lets_in_who_knows_the_external_id()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var arn = await CreateAsync(sandbox, "made");

        var details = await sandbox.PagesAsync("iam", "GetAccountAuthorizationDetails");
        var refused = await sandbox.FailAsync("sts", "AssumeRole", new { RoleArn = arn, RoleSessionName = "test" });
        var entered = await EnterAsync(sandbox, arn);

        Assert.Contains(details.SelectMany(page => page.GetProperty("RoleDetailList").EnumerateArray()), role => role.GetProperty("Arn").GetString() == arn);
        Assert.Equal("AccessDenied", refused.Code);
        Assert.Contains("assumed-role/made/", entered.GetProperty("AssumedRoleUser").GetProperty("Arn").GetString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_has_the_rights_of_its_policies_and_no_others()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var session = SandboxClient.Session((await EnterAsync(sandbox, await CreateAsync(sandbox, "reader"))).GetProperty("Credentials"));
        async Task<string?> TryAsync(string service, string operation)
        {
            try
            {
                await sandbox.CallAsync(service, operation, null, session);
                return null;
            }
            catch (CloudPosture.Aws.AwsServiceException error)
            {
                return error.Code;
            }
        }

        Assert.Equal("AccessDenied", await TryAsync("s3", "ListBuckets"));
        await WriteAsync(sandbox, "PutRolePolicy", new { RoleName = "reader", PolicyName = "buckets", PolicyDocument = ReadsBuckets });
        Assert.Null(await TryAsync("s3", "ListBuckets"));
        Assert.Equal("UnauthorizedOperation", await TryAsync("ec2", "DescribeVpcs"));
        await WriteAsync(sandbox, "AttachRolePolicy", new { RoleName = "reader", PolicyArn = SecurityAudit });
        Assert.Null(await TryAsync("ec2", "DescribeVpcs"));
        await WriteAsync(sandbox, "DetachRolePolicy", new { RoleName = "reader", PolicyArn = SecurityAudit });
        Assert.Equal("UnauthorizedOperation", await TryAsync("ec2", "DescribeVpcs"));
        await WriteAsync(sandbox, "PutRolePermissionsBoundary", new { RoleName = "reader", PermissionsBoundary = "arn:aws:iam::aws:policy/AWSSupportAccess" });
        Assert.Equal("AccessDenied", await TryAsync("s3", "ListBuckets"));
    }

    [Fact]
    public async Task Only_the_administrator_writes_and_each_write_is_counted()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        var refused = await sandbox.FailAsync("iam", "CreateRole", new { RoleName = "made", AssumeRolePolicyDocument = Trust(sandbox) });
        await CreateAsync(sandbox, "made");

        Assert.Equal("AccessDenied", refused.Code);
        Assert.Contains("is not authorized to perform: iam:CreateRole on resource: ", refused.Message, System.StringComparison.Ordinal);
        Assert.Equal(2, sandbox.Server.Calls.ToList().Count(call => call.IsWrite));
    }

    [Fact]
    public async Task A_new_role_is_refused_until_it_has_propagated()
    {
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { RolePropagationAttempts = 2 });
        var arn = await CreateAsync(sandbox, "slow");
        var input = new { RoleArn = arn, RoleSessionName = "test", ExternalId = "shared-secret" };

        Assert.Equal("AccessDenied", (await sandbox.FailAsync("sts", "AssumeRole", input)).Code);
        Assert.Equal("AccessDenied", (await sandbox.FailAsync("sts", "AssumeRole", input)).Code);
        await EnterAsync(sandbox, arn);
    }

    [Fact]
    public async Task A_role_is_deleted_only_when_nothing_hangs_on_it()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        await CreateAsync(sandbox, "doomed");
        await WriteAsync(sandbox, "AttachRolePolicy", new { RoleName = "doomed", PolicyArn = SecurityAudit });

        var conflict = await sandbox.FailAsync("iam", "DeleteRole", new { RoleName = "DOOMED" }, sandbox.Administrator);
        await WriteAsync(sandbox, "DetachRolePolicy", new { RoleName = "doomed", PolicyArn = SecurityAudit });
        await WriteAsync(sandbox, "DeleteRole", new { RoleName = "doomed" });
        var gone = await sandbox.FailAsync("iam", "GetRole", new { RoleName = "doomed" });

        Assert.Equal(("DeleteConflict", 409), (conflict.Code, conflict.HttpStatus));
        Assert.Equal(("NoSuchEntity", 404), (gone.Code, gone.HttpStatus));
    }

    [Fact]
    public async Task A_generated_role_is_changed_in_place_and_stays_deleted()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        await WriteAsync(sandbox, "TagRole", new { RoleName = "config-recorder", Tags = new[] { new { Key = "Owner", Value = "audit" } } });

        var tags = await sandbox.CallAsync("iam", "ListRoleTags", new { RoleName = "config-recorder" });
        await WriteAsync(sandbox, "DeleteRole", new { RoleName = "config-recorder" });
        var names = (await sandbox.PagesAsync("iam", "ListRoles")).SelectMany(page => page.GetProperty("Roles").EnumerateArray()).Select(role => role.GetProperty("RoleName").GetString());

        Assert.Contains(tags.GetProperty("Tags").EnumerateArray(), tag => tag.GetProperty("Value").GetString() == "audit");
        Assert.DoesNotContain("config-recorder", names);
    }

    [Fact]
    public async Task A_policy_keeps_five_versions_and_the_default_decides()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var policy = (await WriteAsync(sandbox, "CreatePolicy", new { PolicyName = "versions", PolicyDocument = ReadsBuckets })).GetProperty("Policy").GetProperty("Arn").GetString();
        for (var version = 2; version <= 5; version++)
        {
            await WriteAsync(sandbox, "CreatePolicyVersion", new { PolicyArn = policy, PolicyDocument = ReadsBuckets, SetAsDefault = version == 3 });
        }

        var full = await sandbox.FailAsync("iam", "CreatePolicyVersion", new { PolicyArn = policy, PolicyDocument = ReadsBuckets }, sandbox.Administrator);
        var kept = await sandbox.FailAsync("iam", "DeletePolicyVersion", new { PolicyArn = policy, VersionId = "v3" }, sandbox.Administrator);
        await WriteAsync(sandbox, "DeletePolicyVersion", new { PolicyArn = policy, VersionId = "v5" });
        var next = await WriteAsync(sandbox, "CreatePolicyVersion", new { PolicyArn = policy, PolicyDocument = ReadsBuckets });

        Assert.Equal("LimitExceeded", full.Code);
        Assert.Equal("DeleteConflict", kept.Code);
        Assert.Equal("v3", (await sandbox.CallAsync("iam", "GetPolicy", new { PolicyArn = policy })).GetProperty("Policy").GetProperty("DefaultVersionId").GetString());
        Assert.Equal("v6", next.GetProperty("PolicyVersion").GetProperty("VersionId").GetString());
    }

    [Theory]
    [InlineData("made", "not json", "MalformedPolicyDocument")]
    [InlineData("made", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}""", "MalformedPolicyDocument")]
    [InlineData("made", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"not-an-arn"},"Action":"sts:AssumeRole"}]}""", "MalformedPolicyDocument")]
    [InlineData("made", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::111122223333:role/x"},"Action":"sts:AssumeRole"}]}""", "MalformedPolicyDocument")]
    [InlineData("made", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:assumed-role/x/y"},"Action":"sts:AssumeRole"}]}""", "MalformedPolicyDocument")]
    [InlineData("made", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}""", "MalformedPolicyDocument")]
    [InlineData("two words", null, "ValidationError")]
    [InlineData("cloudposturereadonly", null, "EntityAlreadyExists")]
    public async Task Refuses_what_IAM_refuses(string name, string? trust, string code)
    {
        await using var sandbox = await SandboxClient.StartAsync();

        var error = await sandbox.FailAsync("iam", "CreateRole", new { RoleName = name, AssumeRolePolicyDocument = trust ?? Trust(sandbox) }, sandbox.Administrator);

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task Finds_the_last_of_many_resources_as_fast_as_the_first()
    {
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { Accounts = 1, Regions = 1, ResourcesPerAccount = 20_000 });
        var roles = (await sandbox.PagesAsync("iam", "ListRoles")).SelectMany(page => page.GetProperty("Roles").EnumerateArray()).ToList();

        var last = await sandbox.CallAsync("iam", "GetRole", new { RoleName = roles[^1].GetProperty("RoleName").GetString() });
        var none = await sandbox.FailAsync("iam", "GetRole", new { RoleName = "nobody" });

        Assert.Equal(roles[^1].GetProperty("Arn").GetString(), last.GetProperty("Role").GetProperty("Arn").GetString());
        Assert.Equal("NoSuchEntity", none.Code);
    }

    private static string Trust(SandboxClient sandbox) => $$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{sandbox.Server.Organization.Accounts[0].Id}}:root"},
        "Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"shared-secret"} } }]}
        """;

    private static Task<JsonElement> WriteAsync(SandboxClient sandbox, string operation, object input) => sandbox.CallAsync("iam", operation, input, sandbox.Administrator);

    private static async Task<string> CreateAsync(SandboxClient sandbox, string name) =>
        (await WriteAsync(sandbox, "CreateRole", new { RoleName = name, AssumeRolePolicyDocument = Trust(sandbox) })).GetProperty("Role").GetProperty("Arn").GetString()!;

    private static Task<JsonElement> EnterAsync(SandboxClient sandbox, string arn) =>
        sandbox.CallAsync("sts", "AssumeRole", new { RoleArn = arn, RoleSessionName = "test", ExternalId = "shared-secret" });
}
