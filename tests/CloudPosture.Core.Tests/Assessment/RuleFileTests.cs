using System;
using System.IO;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

public sealed class RuleFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Rules_are_read_from_every_file_of_every_folder()
    {
        Write("a.yaml", Rule("A.One") + "\n" + Rule("A.Two"));
        Write("deeper/b.yml", Rule("B.One"));
        Write("notes.txt", "no YAML: [");

        var rules = RuleSet.Load(Shipped.Content, _folder.FullName);

        Assert.Equal(["A.One", "A.Two", "B.One"], System.Linq.Enumerable.Select(rules.Rules, rule => rule.Id));
        Assert.Equal("B.One", rules.Find("b.one")?.Id);
        Assert.Null(rules.Find("C.One"));
    }

    [Fact]
    public void A_rule_keeps_what_its_file_tells()
    {
        var rule = Given.Rules("""
            id: S3.Mine
            title: Mine
            severity: Critical
            service: s3
            resource: AWS::S3::Bucket
            rationale: Because.
            remediation: {powershell: Do-It, cli: aws do it}
            references: [Somewhere]
            equivalents: {prowler: [mine], securityHub: [S3.1]}
            tags: [encryption]
            condition: {always: true}
            """).Rules[0];

        Assert.Equal((Severity.Critical, RuleScope.Resource, "Because.", "rules.yaml"), (rule.Severity, rule.Scope, rule.Rationale, rule.File));
        Assert.Equal(new Remediation("Do-It", "aws do it"), rule.Remediation);
        Assert.Equal(["mine"], rule.Equivalents["prowler"]);
        Assert.Equal(["encryption"], rule.Tags);
    }

    [Fact]
    public void Two_rules_of_one_name_are_refused_naming_both_files()
    {
        Write("a.yaml", Rule("A.One"));
        Write("b.yaml", Rule("a.one"));

        var problem = Assert.Throws<ContentException>(() => RuleSet.Load(Shipped.Content, _folder.FullName));

        Assert.Contains("a.yaml", problem.Message);
        Assert.Contains("b.yaml", problem.Message);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => RuleSet.Load(Shipped.Content, Path.Combine(_folder.FullName, "nowhere"))).Message);

    [Theory]
    [InlineData("condition: {feild: A, equals: 1}", 6, "field, allOf, anyOf")]
    [InlineData("condition: {field: A, equal: 1}", 6, "Allowed are: contains")]
    [InlineData("condition: {field: A, equals: 1, notEquals: 2}", 6, "exactly one operator")]
    [InlineData("condition: {field: A, equals: 1, extra: 2}", 6, "'extra' is not known")]
    [InlineData("condition: {field: A..B, equals: 1}", 6, "not a path")]
    [InlineData("condition: {field: '@size', equals: 1}", 6, "@region")]
    [InlineData("condition: {field: A, greater: many}", 6, "must be a number")]
    [InlineData("condition: {field: A, match: '('}", 6, "no regular expression")]
    [InlineData("condition: {field: A, in: 3}", 6, "takes a list")]
    [InlineData("condition: {field: A, equals: [1]}", 6, "takes one value")]
    [InlineData("condition: {field: A, olderThanDays: {outer: B}}", 6, "takes no 'outer'")]
    [InlineData("condition: {allOf: []}", 6, "at least one condition")]
    [InlineData("condition: {count: {of: Tags}, equals: 0}", 6, "neither a resource type")]
    [InlineData("condition: {count: {of: 'Tags[]'}}", 6, "exactly one operator")]
    [InlineData("condition: {count: {of: AWS::S3::Bukket}, equals: 0}", 6, "AWS::S3::Bukket")]
    [InlineData("condition: {derived: nothing}", 6, "policyIsPublic")]
    [InlineData("condition: {derived: policyIsPublic}", 6, "'field' is missing")]
    [InlineData("condition: {derived: policyIsPublic, with: {field: A, more: 1}}", 6, "'more' is not known")]
    [InlineData("condition: {derived: ingressFromInternet, with: {family: ipv5}}", 6, "ipv4, ipv6, any")]
    [InlineData("condition: {derived: ingressFromInternet, with: {ports: [99999]}}", 6, "no port")]
    [InlineData("condition: {derived: trailLogsS3Events, with: {readWrite: both}}", 6, "read, write")]
    [InlineData("condition: {derived: metricFilterAlarm, with: {samples: [x]}}", 6, "list of events")]
    [InlineData("condition: [a]", 6, "keys and values")]
    [InlineData("condition: {always: true}\nscope: universe", 7, "resource, account, region")]
    [InlineData("condition: {always: true}\nremediation: {bash: x}", 7, "powershell")]
    [InlineData("other: x", 2, "'condition' is missing")]
    [InlineData("condition: {always: true}\nseverety: High", 7, "severity")]
    public void A_broken_rule_is_told_by_file_line_rule_and_what_is_allowed(string tail, int line, string remedy)
    {
        Write("broken.yaml", "# mine\nid: S3.Broken\ntitle: t\nseverity: High\nservice: s3\n" + tail + "\nresource: AWS::S3::Bucket\n");

        var problem = Assert.Throws<ContentException>(() => RuleSet.Load(Shipped.Content, _folder.FullName));

        Assert.Equal(Path.Combine(_folder.FullName, "broken.yaml"), problem.File);
        Assert.Equal(line, problem.Line);
        Assert.Contains($"line {line}: rule S3.Broken: ", problem.Message);
        Assert.Contains(remedy, problem.Message);
    }

    [Theory]
    [InlineData("severity: Awful\nservice: s3", "Informational, Low, Medium, High, Critical")]
    [InlineData("severity: Low\nservice: s4", "s3control")]
    [InlineData("severity: Low\nservice: s3\nresource: AWS::S3::Bukket", "AWS::S3::Bukket")]
    public void Unknown_severities_services_and_types_are_told_from_the_known(string keys, string remedy)
    {
        Write("broken.yaml", "id: S3.Broken\ntitle: t\ncondition: {always: true}\n" + keys + (keys.Contains("resource") ? "" : "\nresource: AWS::S3::Bucket"));

        Assert.Contains(remedy, Assert.Throws<ContentException>(() => RuleSet.Load(Shipped.Content, _folder.FullName)).Message);
    }

    [Theory]
    [InlineData("id: [", "not valid YAML")]
    [InlineData("title: t", "'id' is missing")]
    [InlineData("id: nodots", "no rule id")]
    [InlineData("just text", "keys and values")]
    public void A_file_that_holds_no_rule_says_so(string text, string problem)
    {
        Write("broken.yaml", text);

        Assert.Contains(problem, Assert.Throws<ContentException>(() => RuleSet.Load(Shipped.Content, _folder.FullName)).Message);
    }

    [Fact]
    public void Conditions_nested_without_end_are_refused()
    {
        var nested = string.Concat(System.Linq.Enumerable.Repeat("{not: ", 100)) + "{always: true}" + new string('}', 100);

        Assert.Contains("nested", Assert.Throws<ContentException>(() => Given.RuleOnBuckets(nested)).Message);
    }

    [Fact]
    public void A_benchmark_may_only_name_rules_that_are_there()
    {
        Write("b.yaml", "{id: b, title: t, version: '1', requirements: [{id: '1.1', title: r, rules: [No.Such]}]}");

        Assert.Contains("No.Such", Assert.Throws<ContentException>(() => BenchmarkSet.Load(Given.RuleOnBuckets("{always: true}"), _folder.FullName)).Message);
    }

    private static string Rule(string id) => $"- {{id: {id}, title: t, severity: Low, service: s3, resource: AWS::S3::Bucket, condition: {{always: true}}}}";

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
