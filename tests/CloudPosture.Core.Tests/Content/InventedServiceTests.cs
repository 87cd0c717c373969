using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Graph;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.ModuleBuilder.Checks;
using CloudPosture.Onboarding.Policies;
using CloudPosture.Posture.Rules;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Content;

/// <summary>A folder is all that a service takes: what users get of one that no code knows, from the pack that the builder makes.</summary>
public sealed class InventedServiceTests : IDisposable
{
    private static readonly string[] Actions =
        ["gadgets:DescribeGadget", "gadgets:ListGadgets", "gadgets:ListTagsForResource", "widgets:DescribeWidgets", "widgets:GetWidgetColour", "widgets:GetWidgetPolicy"];

    private readonly InventedService _invented = new();

    public void Dispose() => _invented.Dispose();

    [Fact]
    public void The_builder_finds_nothing_wrong_with_it() =>
        Assert.Equal([], ContentCheck.Problems(_invented.Repository, InventedService.Services).Select(problem => problem.ToString()));

    [Fact]
    public async Task A_harvest_over_HTTP_finds_what_is_planted_and_what_leads_to_what()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Content = _invented.Folders, Accounts = 2, Regions = 2, MaxPageSize = 1, CheckAnswers = true });
        using var lake = new TemporaryLake();

        var result = await Demo.RunAsync(server, lake.Lake, isPaced: false, _invented.Pack);

        Assert.True(result.IsExact, string.Join("\n", result.Missing.Select(missing => "missing " + missing).Concat(result.Unexpected.Select(found => "unexpected " + found))));
        Assert.Equal(["Gadgets.Locked", "Gadgets.Owned", "Widgets.PublicPolicy", "Widgets.Sealed"], result.Found.Select(found => found.RuleId).Distinct().Order());
        Assert.All(["Gadgets.Locked", "Gadgets.Owned", "Widgets.PublicPolicy", "Widgets.Sealed"], rule => Assert.Contains(result.Findings, finding => finding.RuleId == rule && finding.Status == FindingStatus.Pass));
        Assert.Equal(Actions, server.Calls.Where(call => InventedService.Services.Contains(call.Service)).Select(call => call.Service + ":" + call.Operation).Distinct().Order(StringComparer.Ordinal));

        var graph = PostureGraph.Build(lake.Lake.ReadResources(new ResourceQuery { HarvestId = lake.Lake.Harvests().Single().HarvestId }), _invented.Pack.Catalog);
        var gadget = Assert.Single(Enumerable.Range(0, graph.NodeCount), node => graph.Node(node) is { ResourceType: "AWS::Gadgets::Gadget", Region: "us-east-1", ResourceId: "g-1" } found && found.AccountId == server.Organization.Accounts[0].Id);
        var edge = Assert.Single(graph.Out(gadget));
        Assert.Equal(("turns", "AWS::Widgets::Widget", false), (edge.Relation, graph.Node(edge.To).ResourceType, graph.Node(edge.To).IsOutside));
    }

    [Fact]
    public void The_policy_grants_its_actions_and_the_linter_knows_them()
    {
        var policy = LeastPrivilegePolicy.Compute(new PolicyScope { Services = InventedService.Services }, _invented.Pack.Catalog);

        Assert.Equal(["ec2:DescribeRegions", .. Actions], policy.Actions.Select(action => action.Action));
        Assert.Equal([AccessLevel.Read, AccessLevel.List], policy.Actions.Where(action => action.Action is "gadgets:DescribeGadget" or "gadgets:ListGadgets").Select(action => action.AccessLevel));
        Assert.Empty(policy.CustomDocuments.SelectMany(document => new PolicyLinter(_invented.Pack.Catalog).Check(document)));
    }

    [Fact]
    public void The_help_of_its_rules_names_the_risk_the_remedy_and_the_requirement()
    {
        var library = RuleLibrary.LoadShipped(_invented.Pack, []);

        var rule = library.Rules.Find("gadgets.locked")!;

        Assert.Equal(("Gadgets are locked", "gadgets", "AWS::Gadgets::Gadget"), (rule.Title, rule.Service, rule.ResourceType));
        Assert.Contains("turn it", rule.Rationale, StringComparison.Ordinal);
        Assert.Equal("aws gadgets lock-gadget --gadget-id {resourceId}", rule.Remediation.Cli);
        Assert.Equal("1", Assert.Single(library.RequirementsOf(rule.Id)).Requirement.Id);
    }

    [Theory]
    [InlineData("List: [ListGadgets,", "List: [ListGadgets, DeleteGadget,", "gadgets:DeleteGadget in 'newActions' does not begin as reading actions do")]
    [InlineData("items: \"Gadgets[]\"", "items: \"Gadgetz[]\"", "ListGadgets answers no 'Gadgetz' (items: Gadgetz[]). Did you mean 'Gadgets'?")]
    [InlineData(", first: true", "", "ListTagsForResource sends 'Details.Arn', which DescribeGadget answers beside it: give DescribeGadget 'first: true'.")]
    [InlineData("field: Details.Lock.Mode", "field: Details.Lokc.Mode", "Did you mean 'Lock'?")]
    public void A_mistake_in_it_is_told_with_its_file(string right, string wrong, string problem)
    {
        _invented.Change("gadgets", right, wrong);

        Assert.Contains(ContentCheck.Problems(_invented.Repository, InventedService.Services), found => found.ToString().Contains(problem, StringComparison.Ordinal) && found.ToString().Contains("gadgets", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Gadgets.Owned", "Gadgets.Ownd", "Gadgets.Ownd")]
    [InlineData("title: Everything", "titel: Everything", "the key 'title' is missing")]
    public void A_mistake_in_a_framework_is_told_with_its_file(string right, string wrong, string problem)
    {
        _invented.ChangeFramework(right, wrong);

        var found = Assert.Single(ContentCheck.Problems(_invented.Repository));

        Assert.Contains("contoso-workshop.yaml", found.File, StringComparison.Ordinal);
        Assert.Contains(problem, found.Text, StringComparison.Ordinal);
    }
}
