using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Posture.Access;

namespace CloudPosture.Tests.Escalation;

/// <summary>Ways of several steps, over accounts, and what hangs on what nobody knows, with answers that are known.</summary>
public sealed class EscalationScenarioTests
{
    private const string Other = "444455556666";
    private static readonly string[] Everything = [Plant.Allow("*")];

    [Fact]
    public void A_way_has_several_steps_and_names_method_action_and_statement()
    {
        var plant = new Plant();
        plant.User("ann", ["""{"Sid":"Deploy","Effect":"Allow","Action":["lambda:CreateFunction","lambda:InvokeFunction"],"Resource":"arn:aws:lambda:eu-west-1:*:function:dev-*"}""",
            """{"Sid":"Pass","Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/deploy"}"""]);
        plant.Role("deploy", [Plant.Allow("sts:AssumeRole", "arn:aws:iam::*:role/admin")], [Plant.TrustOf("Service", "lambda.amazonaws.com")]);
        plant.Role("admin", Everything, [Plant.TrustOf("AWS", plant.Root)]);
        var path = Assert.Single(Analysis(plant).ToAdministrator(), path => path.From.Name == "ann");

        Assert.True(path.IsCertain);
        Assert.Equal(["lambda.create-and-invoke", "sts.assume-role"], path.Steps.Select(step => step.Method));
        Assert.Equal("role admin", path.To.Label);
        Assert.Contains(path.Steps[0].Actions, action => action is { Action: "lambda:CreateFunction", Resource: "arn:aws:lambda:eu-west-1:111122223333:function:dev-*" } && action.DecidedBy.SequenceEqual(["inline policy own: statement Deploy"]));
        Assert.Contains(path.Steps[0].Actions, action => action is { Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/deploy" } && action.DecidedBy.SequenceEqual(["inline policy own: statement Pass"]));
    }

    [Fact]
    public void A_way_leads_into_another_account_where_both_sides_let_it()
    {
        Plant first = new(), second = new(Other);
        first.User("ann", [Plant.Allow("sts:AssumeRole", $"arn:aws:iam::{Other}:role/*")]);
        first.User("bob", [Plant.Allow("s3:*")]);
        second.Role("admin", Everything, [Plant.TrustOf("AWS", first.Root)]);

        Assert.Equal(["user ann"], Analysis(first, second).ToAdministrator().Select(path => path.From.Label));
        Assert.Equal(Other, Analysis(first, second).ToAdministrator()[0].To.AccountId);
    }

    [Fact]
    public void A_resource_control_policy_of_the_other_account_counts()
    {
        Plant first = new(), second = new(Other), manager = new("999900001111") { IsManagement = true };
        first.User("ann", [Plant.Allow("sts:AssumeRole")]);
        second.Role("admin", Everything, [Plant.TrustOf("AWS", first.Root)]);
        manager.Control(Other, "RESOURCE_CONTROL_POLICY", """{"Effect":"Deny","Action":"sts:AssumeRole","Principal":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"444455556666"}}}""");

        Assert.NotEmpty(Analysis(first, second).ToAdministrator());
        Assert.Empty(Analysis(first, second, manager).ToAdministrator());
    }

    [Fact]
    public void Who_is_outside_begins_too()
    {
        var plant = new Plant();
        plant.Role("vendor", Everything, [Plant.TrustOf("AWS", "arn:aws:iam::777788889999:root", Plant.Condition("StringEquals", "sts:ExternalId", "x"))]);
        plant.Role("open", Everything, [Plant.TrustOf("AWS", "*")]);
        plant.Role("confined", Everything, [Plant.TrustOf("AWS", "*", Plant.Condition("StringEquals", "aws:PrincipalOrgID", "o-1"))]);
        var paths = Analysis(plant).ToAdministrator();

        Assert.Equal(["everyone", "account 777788889999"], paths.Select(path => path.From.Label));
        Assert.Equal([true, false], paths.Select(path => path.IsCertain));
        Assert.Equal(["sts:externalid fits"], paths[1].Conditions);
        Assert.Equal("role open", paths[0].To.Label);
    }

    [Fact]
    public void A_certain_way_is_preferred_to_a_shorter_one_that_is_not()
    {
        var plant = new Plant();
        plant.User("ann", [Plant.Allow("sts:AssumeRole", "arn:aws:iam::111122223333:role/admin", Plant.Condition("Bool", "aws:MultiFactorAuthPresent", "true")), Plant.Allow("sts:AssumeRole", "arn:aws:iam::111122223333:role/middle")]);
        plant.User("bob", [Plant.Allow("sts:AssumeRole", "arn:aws:iam::111122223333:role/admin", Plant.Condition("Bool", "aws:MultiFactorAuthPresent", "true"))]);
        plant.Role("middle", [Plant.Allow("sts:AssumeRole")], [Plant.TrustOf("AWS", plant.Root)]);
        plant.Role("admin", Everything, [Plant.TrustOf("AWS", plant.Root)]);
        var paths = Analysis(plant).ToAdministrator();

        Assert.Equal(["role middle 1 True", "user bob 1 False", "user ann 2 True"], paths.Select(path => $"{path.From.Label} {path.Steps.Count} {path.IsCertain}"));
        Assert.Equal(["aws:multifactorauthpresent fits"], paths[1].Conditions);
    }

    [Fact]
    public void Who_takes_his_boundary_away_goes_on_from_there()
    {
        var plant = new Plant();
        plant.User("ann", [Plant.Allow("iam:DeleteUserPermissionsBoundary"), Plant.Allow("sts:AssumeRole")], boundary: plant.Policy("narrow", [Plant.Allow("iam:*")], [Plant.Allow("iam:DeleteUserPermissionsBoundary")]));
        plant.Role("admin", Everything, [Plant.TrustOf("AWS", plant.Root)]);
        var path = Assert.Single(Analysis(plant).ToAdministrator());

        Assert.Equal(["iam.unbind-self", "sts.assume-role"], path.Steps.Select(step => step.Method));
        Assert.Equal("user ann (without its boundary)", path.Steps[1].From.Label);
    }

    [Fact]
    public void A_role_whose_boundary_is_too_hard_to_judge_is_no_administrator_that_a_way_is_said_to_lead_to()
    {
        EscalationAnalysis With(params string[] boundary)
        {
            var plant = new Plant();
            plant.User("ann", [Plant.Allow("sts:AssumeRole")]);
            plant.Role("admin", Everything, [Plant.TrustOf("AWS", plant.Root)], boundary: plant.Policy("hard", boundary));
            return Analysis(plant);
        }

        Assert.Equal("user ann", Assert.Single(With(Everything).ToAdministrator()).From.Label);
        Assert.Empty(With(HardBoundary.Statements).ToAdministrator());
    }

    [Fact]
    public void What_was_not_harvested_is_possible_and_not_certain()
    {
        var plant = new Plant { Services = ["iam"] };
        plant.User("ann", [Plant.Allow("lambda:UpdateFunctionCode")]);
        plant.Role("admin", Everything, [Plant.TrustOf("Service", "lambda.amazonaws.com")]);
        var path = Assert.Single(Analysis(plant).ToAdministrator());

        Assert.Equal(["there is a AWS::Lambda::Function with this role: none was read"], path.Conditions);
        plant.Services = null;
        Assert.Empty(Analysis(plant).ToAdministrator());
    }

    [Fact]
    public void What_works_with_a_role_begins_as_that_role()
    {
        var plant = new Plant();
        var job = plant.Role("job", [Plant.Allow("sts:AssumeRole")], [Plant.TrustOf("Service", "ec2.amazonaws.com")], profile: true);
        var admin = plant.Role("admin", Everything, [Plant.TrustOf("AWS", job)]);
        plant.Add("AWS::EC2::Instance", "i-1", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1", new JsonObject { ["IamInstanceProfile"] = new JsonObject { ["Arn"] = plant.ProfileOf("job") } });
        var analysis = Analysis(plant);

        Assert.Equal([admin], analysis.From("arn:aws:ec2:eu-central-1:111122223333:instance/i-1")!.Select(path => path.To.Arn));
        Assert.Equal([job], analysis.To(admin)!.Select(path => path.From.Arn));
        Assert.Null(analysis.From("arn:aws:ec2:eu-central-1:111122223333:instance/i-2"));
        Assert.True(analysis.IsAdministrator(admin));
    }

    [Fact]
    public void Tags_of_principal_and_role_are_compared()
    {
        var plant = new Plant();
        plant.User("ann", [Plant.Allow("iam:UpdateAssumeRolePolicy", "*", Plant.Condition("StringEquals", "aws:ResourceTag/team", "web"))]);
        plant.Role("admin", Everything, [Plant.TrustOf("Service", "ec2.amazonaws.com")]);

        Assert.Empty(Analysis(plant).ToAdministrator());
    }

    [Fact]
    public void Accounts_without_control_policies_are_named()
    {
        Plant member = new(), manager = new("999900001111") { IsManagement = true };
        member.Add("AWS::Organizations::Organization", "o-1", "o-1", new JsonObject { ["Id"] = "o-1", ["MasterAccountId"] = "999900001111" });
        manager.Control(Plant.Account, "SERVICE_CONTROL_POLICY", Plant.Deny("iam:*"));

        Assert.Equal([Plant.Account], Analysis(member).AccountsWithoutControl);
        Assert.Empty(Analysis(member, manager).AccountsWithoutControl);
    }

    private static EscalationAnalysis Analysis(params IEnumerable<Plant> plants) => EscalationAnalysis.Of(Plant.Estate(plants), Shipped.Content);
}
