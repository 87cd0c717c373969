using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Sandbox;

public sealed class CloudFormationTests
{
    private const string Template = """
        Parameters:
          ExternalId: {Type: String, MinLength: 8}
          Name: {Type: String, Default: StackReader}
          Extra: {Type: String, Default: 'No', AllowedValues: ['Yes', 'No']}
        Conditions:
          HasExtra: !Equals [!Ref Extra, 'Yes']
        Resources:
          Reader:
            Type: AWS::IAM::Role
            Properties:
              RoleName: !Ref Name
              AssumeRolePolicyDocument:
                Version: 2012-10-17
                Statement:
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:${AWS::Partition}:iam::ACCOUNT:root'}
                    Action: sts:AssumeRole
                    Condition: {StringEquals: {sts:ExternalId: !Ref ExternalId}}
              ManagedPolicyArns:
                - !Join ['', ['arn:', !Ref AWS::Partition, ':iam::aws:policy/SecurityAudit']]
                - !If [HasExtra, !Ref Addition, !Ref AWS::NoValue]
          Addition:
            Type: AWS::IAM::ManagedPolicy
            Condition: HasExtra
            Properties:
              PolicyDocument:
                Version: 2012-10-17
                Statement: {Effect: Allow, Action: ce:GetCostAndUsage, Resource: '*'}
        Outputs:
          RoleArn: {Value: !GetAtt Reader.Arn}
        """;

    private static readonly string[] NamedIam = ["CAPABILITY_NAMED_IAM"];

    [Fact]
    public async Task A_stack_makes_a_role_that_lets_in_and_takes_it_away_again()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        await sandbox.WriteAsync("CreateStack", Stack(sandbox));

        Assert.Equal("CREATE_IN_PROGRESS", await StatusAsync(sandbox));
        clock.Shift += TimeSpan.FromSeconds(30);
        var stack = await DescribeAsync(sandbox);
        var arn = stack.GetProperty("Outputs")[0].GetProperty("OutputValue").GetString();
        await sandbox.CallAsync("sts", "AssumeRole", new { RoleArn = arn, RoleSessionName = "test", ExternalId = "a-long-secret" });
        await sandbox.WriteAsync("DeleteStack", new { StackName = "reader" });
        clock.Shift += TimeSpan.FromSeconds(30);

        Assert.Equal("CREATE_COMPLETE", stack.GetProperty("StackStatus").GetString());
        Assert.Equal("ValidationError", (await sandbox.FailAsync("cloudformation", "DescribeStacks", new { StackName = "reader" })).Code);
        Assert.Equal("NoSuchEntity", (await sandbox.FailAsync("iam", "GetRole", new { RoleName = "StackReader" })).Code);
    }

    [Fact]
    public async Task An_update_changes_what_differs_and_refuses_when_nothing_does()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        await sandbox.WriteAsync("CreateStack", Stack(sandbox));
        clock.Shift += TimeSpan.FromSeconds(30);

        var same = await sandbox.FailAsync("cloudformation", "UpdateStack", Stack(sandbox), sandbox.Administrator);
        await sandbox.WriteAsync("UpdateStack", Stack(sandbox, extra: "Yes"));
        clock.Shift += TimeSpan.FromSeconds(30);
        var attached = await sandbox.CallAsync("iam", "ListAttachedRolePolicies", new { RoleName = "StackReader" });

        Assert.Contains("No updates are to be performed", same.Message, StringComparison.Ordinal);
        Assert.Equal("UPDATE_COMPLETE", await StatusAsync(sandbox));
        Assert.Equal(2, attached.GetProperty("AttachedPolicies").GetArrayLength());
    }

    [Fact]
    public async Task A_stack_that_fails_leaves_nothing_and_says_why()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        await sandbox.WriteAsync("CreateStack", Stack(sandbox, name: SandboxOrganization.ReaderRole, extra: "Yes"));
        clock.Shift += TimeSpan.FromSeconds(30);

        var events = await sandbox.CallAsync("cloudformation", "DescribeStackEvents", new { StackName = "reader" });
        var policies = await sandbox.CallAsync("iam", "ListPolicies", new { Scope = "Local" });

        Assert.Equal("ROLLBACK_COMPLETE", await StatusAsync(sandbox));
        Assert.Contains(events.GetProperty("StackEvents").EnumerateArray(), item => item.TryGetProperty("ResourceStatusReason", out var reason) && reason.GetString()!.Contains("already exists", StringComparison.Ordinal));
        Assert.DoesNotContain(policies.GetProperty("Policies").EnumerateArray(), policy => policy.GetProperty("PolicyName").GetString()!.StartsWith("reader-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("short", "CAPABILITY_NAMED_IAM", "ValidationError")]
    [InlineData("a-long-secret", "CAPABILITY_IAM", "InsufficientCapabilitiesException")]
    public async Task Refuses_what_CloudFormation_refuses(string externalId, string capability, string code)
    {
        await using var sandbox = await SandboxClient.StartAsync();

        var error = await sandbox.FailAsync("cloudformation", "CreateStack", Stack(sandbox, externalId, capabilities: [capability]), sandbox.Administrator);

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task A_StackSet_reaches_the_accounts_of_its_units_and_never_the_management_account()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        var root = (await sandbox.CallAsync("organizations", "ListRoots")).GetProperty("Roots")[0].GetProperty("Id").GetString();
        var set = StackSet(sandbox);
        var closed = await sandbox.FailAsync("cloudformation", "CreateStackSet", set, sandbox.Administrator);
        await sandbox.WriteAsync("ActivateOrganizationsAccess", new { });
        await sandbox.WriteAsync("CreateStackSet", set);
        var targets = new { StackSetName = "readers", DeploymentTargets = new { OrganizationalUnitIds = new[] { root } }, Regions = new[] { "us-east-1" } };
        var operation = (await sandbox.WriteAsync("CreateStackInstances", targets)).GetProperty("OperationId").GetString();

        Assert.Equal("ValidationError", closed.Code);
        Assert.Equal("RUNNING", await OperationAsync(sandbox, operation));
        clock.Shift += TimeSpan.FromSeconds(30);
        Assert.Equal("SUCCEEDED", await OperationAsync(sandbox, operation));
        var results = await sandbox.CallAsync("cloudformation", "ListStackSetOperationResults", new { StackSetName = "readers", OperationId = operation });
        var members = sandbox.Server.Organization.Accounts.Skip(1).ToList();
        Assert.Equal(members.Select(member => member.Id).Order(), results.GetProperty("Summaries").EnumerateArray().Select(result => result.GetProperty("Account").GetString()!).Order());
        foreach (var member in members)
        {
            await sandbox.CallAsync("sts", "AssumeRole", new { RoleArn = $"arn:aws:iam::{member.Id}:role/StackReader", RoleSessionName = "test", ExternalId = "a-long-secret" });
        }

        Assert.Equal("NoSuchEntity", (await sandbox.FailAsync("iam", "GetRole", new { RoleName = "StackReader" })).Code);
        Assert.Equal("StackSetNotEmptyException", (await sandbox.FailAsync("cloudformation", "DeleteStackSet", new { StackSetName = "readers" }, sandbox.Administrator)).Code);
        await sandbox.WriteAsync("DeleteStackInstances", new { targets.StackSetName, targets.DeploymentTargets, targets.Regions, RetainStacks = false });
        await sandbox.WriteAsync("DeleteStackSet", new { StackSetName = "readers" });
        var gone = await sandbox.FailAsync("sts", "AssumeRole", new { RoleArn = $"arn:aws:iam::{members[0].Id}:role/StackReader", RoleSessionName = "test", ExternalId = "a-long-secret" });
        Assert.Equal("AccessDenied", gone.Code);
    }

    [Fact]
    public async Task A_StackSet_tells_which_account_failed_and_why()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        var root = (await sandbox.CallAsync("organizations", "ListRoots")).GetProperty("Roots")[0].GetProperty("Id").GetString();
        await sandbox.WriteAsync("ActivateOrganizationsAccess", new { });
        await sandbox.WriteAsync("CreateStackSet", StackSet(sandbox, SandboxOrganization.ReaderRole));
        var operation = (await sandbox.WriteAsync("CreateStackInstances", new { StackSetName = "readers", DeploymentTargets = new { OrganizationalUnitIds = new[] { root } }, Regions = new[] { "us-east-1" } })).GetProperty("OperationId").GetString();
        clock.Shift += TimeSpan.FromSeconds(30);

        var instances = await sandbox.CallAsync("cloudformation", "ListStackInstances", new { StackSetName = "readers" });

        Assert.Equal("FAILED", await OperationAsync(sandbox, operation));
        // Without preferences no account may fail, so the first failure is the end.
        var summaries = instances.GetProperty("Summaries").EnumerateArray().ToList();
        Assert.Contains("already exists", summaries[0].GetProperty("StatusReason").GetString(), StringComparison.Ordinal);
        Assert.Equal(["FAILED", "CANCELLED", "CANCELLED"], summaries.Select(instance => instance.GetProperty("StackInstanceStatus").GetProperty("DetailedStatus").GetString()));
    }

    [Fact]
    public async Task A_StackSet_belongs_to_its_Region_and_an_operation_takes_50_units()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        await sandbox.WriteAsync("ActivateOrganizationsAccess", new { });
        await sandbox.WriteAsync("CreateStackSet", StackSet(sandbox));

        var elsewhere = await Assert.ThrowsAsync<AwsServiceException>(() => sandbox.CallAsync("cloudformation", "DescribeStackSet", new { StackSetName = "readers" }, region: "eu-west-1"));
        var units = Enumerable.Range(0, 51).Select(index => $"ou-abcd-{index:d8}");
        var many = await sandbox.FailAsync("cloudformation", "CreateStackInstances", new { StackSetName = "readers", DeploymentTargets = new { OrganizationalUnitIds = units }, Regions = new[] { "us-east-1" } }, sandbox.Administrator);

        Assert.Equal("StackSetNotFoundException", elsewhere.Code);
        Assert.Contains("limit of 50", many.Message, StringComparison.Ordinal);
    }

    /// <summary>Path and description of a policy are set when it is made, and a name can be there only once.</summary>
    [Theory]
    [InlineData("Path: /other/", "UPDATE_ROLLBACK_COMPLETE")]
    [InlineData("Description: Another", "UPDATE_ROLLBACK_COMPLETE")]
    [InlineData("ManagedPolicyName: Another", "UPDATE_COMPLETE")]
    public async Task What_only_the_making_sets_is_replaced_where_the_name_allows_it(string property, string status)
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        object Request(string changed) => new
        {
            StackName = "reader",
            TemplateBody = $$$"""
                Resources:
                  Extra:
                    Type: AWS::IAM::ManagedPolicy
                    Properties:
                      {{{changed}}}
                      PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Action: ce:GetCostAndUsage, Resource: '*'}}
                  Reader:
                    Type: AWS::IAM::Role
                    Properties:
                      RoleName: StackReader
                      ManagedPolicyArns: [!Ref Extra]
                      AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}}
                """,
            Capabilities = NamedIam,
        };
        const string Name = "ManagedPolicyName: Fixed";
        await sandbox.WriteAsync("CreateStack", Request(Name));
        clock.Shift += TimeSpan.FromSeconds(30);
        await sandbox.WriteAsync("UpdateStack", Request(property.StartsWith("Managed", StringComparison.Ordinal) ? property : $"{Name}\n      {property}"));
        clock.Shift += TimeSpan.FromSeconds(30);

        Assert.Equal(status, await StatusAsync(sandbox));
        var attached = (await sandbox.CallAsync("iam", "ListAttachedRolePolicies", new { RoleName = "StackReader" })).GetProperty("AttachedPolicies");
        Assert.Equal(status == "UPDATE_COMPLETE" ? "Another" : "Fixed", Assert.Single(attached.EnumerateArray()).GetProperty("PolicyName").GetString());
    }

    private static string TemplateFor(SandboxClient sandbox) => Template.Replace("ACCOUNT", sandbox.Server.Organization.Accounts[0].Id, StringComparison.Ordinal);

    private static object Stack(SandboxClient sandbox, string externalId = "a-long-secret", string name = "StackReader", string extra = "No", string[]? capabilities = null) => new
    {
        StackName = "reader",
        TemplateBody = TemplateFor(sandbox),
        Capabilities = capabilities ?? NamedIam,
        Parameters = new[]
        {
            new { ParameterKey = "ExternalId", ParameterValue = externalId },
            new { ParameterKey = "Name", ParameterValue = name },
            new { ParameterKey = "Extra", ParameterValue = extra },
        },
    };

    private static object StackSet(SandboxClient sandbox, string name = "StackReader") => new
    {
        StackSetName = "readers",
        TemplateBody = TemplateFor(sandbox),
        PermissionModel = "SERVICE_MANAGED",
        AutoDeployment = new { Enabled = true, RetainStacksOnAccountRemoval = false },
        Capabilities = NamedIam,
        Parameters = new[] { new { ParameterKey = "ExternalId", ParameterValue = "a-long-secret" }, new { ParameterKey = "Name", ParameterValue = name } },
    };

    private static async Task<JsonElement> DescribeAsync(SandboxClient sandbox) =>
        (await sandbox.CallAsync("cloudformation", "DescribeStacks", new { StackName = "reader" })).GetProperty("Stacks")[0];

    private static async Task<string?> StatusAsync(SandboxClient sandbox) => (await DescribeAsync(sandbox)).GetProperty("StackStatus").GetString();

    private static async Task<string?> OperationAsync(SandboxClient sandbox, string? operation) =>
        (await sandbox.CallAsync("cloudformation", "DescribeStackSetOperation", new { StackSetName = "readers", OperationId = operation })).GetProperty("StackSetOperation").GetProperty("Status").GetString();
}
