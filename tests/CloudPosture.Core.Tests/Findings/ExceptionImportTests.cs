using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Findings.Imports;

namespace CloudPosture.Tests.Findings;

public sealed class ExceptionImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("exceptions-").FullName;
    private readonly RuleSet _rules;

    public ExceptionImportTests()
    {
        static string Rule(string id, string equivalents) =>
            $"- {{id: {id}, title: T, severity: Low, service: s3, resource: 'AWS::S3::Bucket', rationale: R, remediation: {{cli: x}}, references: [], tags: [data], equivalents: {equivalents}, condition: {{field: A, equals: 1}}}}\n";
        File.WriteAllText(Path.Combine(_folder, "rules.yaml"), Rule("S3.A", "{prowler: [s3_a], securityHub: [S3.1]}") + Rule("S3.B", "{prowler: [s3_b, awslambda_b]}") + Rule("S3.C", "{securityHub: [S3.1]}"));
        _rules = RuleSet.Load(Shipped.Content, [_folder]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("s3_a", "*", "*", null, "S3.A||||")]
    [InlineData("s3_*", "*", "*", null, "S3.A||||;S3.B||||")]
    [InlineData("*", "*", "*", null, "*||||")]
    [InlineData("lambda_b", "eu-west-1", "user-1", null, "S3.B||eu-west-1|user-1|")]
    [InlineData("s3_a", "eu-.*", "^logs-.*$", null, "S3.A||eu-*|logs-*|")]
    [InlineData("s3_a", "*", "arn:aws:s3:::a\\.b", null, "S3.A|||arn:aws:s3:::a.b|")]
    [InlineData("s3_a", "*", "*", "'project=test|project=stage', 'a=b'", "S3.A||||project=test,a=b;S3.A||||project=stage,a=b")]
    public void AMutelistAcceptsTheSameFailures(string check, string region, string resource, string? tags, string exceptions)
    {
        var entry = Assert.Single(Read($"Mutelist: {{Accounts: {{'*': {{Checks: {{'{check}': {{Regions: ['{region}'], Resources: ['{resource}']{(tags is null ? "" : $", Tags: [{tags}]")}}}}}}}}}}}"));

        Assert.Null(entry.Problem);
        Assert.Equal(exceptions, string.Join(";", entry.Exceptions.Select(Text)));
        Assert.All(entry.Exceptions, one => Assert.Equal("why", one.Reason));
    }

    [Theory]
    [InlineData("s3_z: {Regions: ['*'], Resources: ['*']}", "no rule")]
    [InlineData("s3_a: {Regions: ['*'], Resources: ['[ab]c']}", "regular expression")]
    [InlineData("s3_a: {Regions: ['*'], Resources: ['*'], Tags: ['nothing']}", "regular expression")]
    [InlineData("s3_a: {Regions: ['*'], Resources: ['*'], Exceptions: {Resources: ['[ab]c']}}", "regular expression")]
    [InlineData("s3_a: {Regions: ['*'], Resources: ['*'], Exceptions: {Tags: ['nothing']}}", "regular expression")]
    public void WhatCannotBeSaidIsRefusedAndTheRestIsRead(string check, string why)
    {
        var entries = Read($"Mutelist: {{Accounts: {{'111122223333': {{Checks: {{{check}, s3_b: {{Regions: ['*'], Resources: [x, y], Description: because}}}}}}}}}}");

        Assert.Contains(why, entries[0].Problem, StringComparison.Ordinal);
        Assert.Empty(entries[0].Exceptions);
        Assert.Equal(["S3.B|111122223333||x|", "S3.B|111122223333||y|"], entries[1].Exceptions.Select(Text));
        Assert.All(entries[1].Exceptions, one => Assert.Equal("because", one.Reason));
    }

    [Theory]
    [InlineData("{Accounts: ['111122223333']}", "111122223333", "eu-west-1", "logs", true)]
    [InlineData("{Accounts: ['444455556666']}", "111122223333", "eu-west-1", "logs", false)]
    [InlineData("{Regions: ['eu-west-1'], Resources: ['logs']}", "111122223333", "eu-west-1", "my-logs-2", true)]
    [InlineData("{Regions: ['eu-west-1'], Resources: ['logs']}", "111122223333", "us-east-1", "my-logs-2", false)]
    [InlineData("{Regions: ['eu-west-1'], Resources: ['^logs$']}", "111122223333", "eu-west-1", "my-logs-2", false)]
    [InlineData("{Resources: ['a.b|log.*']}", "111122223333", "eu-west-1", "login", true)]
    [InlineData("{Resources: ['*']}", "111122223333", "eu-west-1", "login", true)]
    [InlineData("{Accounts: [], Regions: []}", "111122223333", "eu-west-1", "login", false)]
    public void WhatAMutelistExceptsIsToldAfterAll(string exceptions, string account, string region, string resource, bool isTold)
    {
        var entry = Assert.Single(Read($"Mutelist: {{Accounts: {{'*': {{Checks: {{s3_a: {{Regions: ['*'], Resources: ['*'], Exceptions: {exceptions}}}}}}}}}}}"));
        var file = new ExceptionFile(Path.Combine(_folder, "exceptions.yaml"));
        file.AddNew(entry.Exceptions);
        var match = new ExceptionMatch(Assert.Single(file.Read()), []);
        var finding = Reporting.ReportSamples.One with { RuleId = "S3.A", AccountId = account, Region = region, ResourceId = resource, ResourceName = resource, ResourceArn = "arn:aws:s3:::" + resource };

        Assert.Null(entry.Problem);
        Assert.Equal(!isTold, match.Covers(finding));
    }

    [Fact]
    public void WhatAMutelistExceptsByTagsAsksForAllOfThem()
    {
        var entry = Assert.Single(Read("Mutelist: {Accounts: {'*': {Checks: {s3_a: {Regions: ['*'], Resources: ['*'], Exceptions: {Tags: ['env=prod', 'team=a|team=b']}}}}}}"));

        Assert.Equal(["*env=prod*,*team=a*", "*env=prod*,*team=b*"], Assert.Single(entry.Exceptions).Unless.Select(scope => string.Join(",", scope.Tags.Select(tag => $"{tag.Key}={tag.Value}"))));
    }

    [Fact]
    public void SuppressedFindingsOfSecurityHubAreAcceptedOneByOne()
    {
        static object Finding(string status, string resource, object? note = null, string control = "S3.1") => new
        {
            AwsAccountId = "111122223333",
            Region = "eu-west-1",
            GeneratorId = "security-control/" + control,
            Workflow = new { Status = status },
            Resources = new[] { new { Id = resource } },
            Note = note,
        };

        var entries = Read(JsonSerializer.Serialize(new
        {
            Findings = new[]
            {
                Finding("SUPPRESSED", "arn:aws:s3:::b", new { Text = "public site", UpdatedBy = "jo" }),
                Finding("NEW", "arn:aws:s3:::c"),
                Finding("SUPPRESSED", "AWS::::Account:111122223333"),
                Finding("SUPPRESSED", "arn:aws:logs:eu-west-1:111122223333:log-group:x:*"),
                Finding("SUPPRESSED", "arn:aws:s3:::d", control: "EC2.1"),
            },
        }));

        Assert.Equal(["S3.A|111122223333||arn:aws:s3:::b|", "S3.C|111122223333||arn:aws:s3:::b|"], entries[0].Exceptions.Select(Text));
        Assert.Equal(("public site", "jo"), (entries[0].Exceptions[0].Reason, entries[0].Exceptions[0].By));
        Assert.Equal("S3.A|111122223333|eu-west-1||", Text(entries[1].Exceptions[0]));
        Assert.Equal(["*", "no rule"], entries.Skip(2).Select(entry => entry.Problem!.Contains('*', StringComparison.Ordinal) ? "*" : entry.Problem[..7]));
    }

    [Theory]
    [InlineData("""{"ComplianceSecurityControlId":[{"Value":"S3.1","Comparison":"EQUALS"}],"AwsAccountId":[{"Value":"111122223333","Comparison":"EQUALS"}],"ResourceId":[{"Value":"arn:aws:s3:::logs-","Comparison":"PREFIX"}],"RecordState":[{"Value":"ACTIVE","Comparison":"EQUALS"}]}""", "S3.A|111122223333||arn:aws:s3:::logs-*|;S3.C|111122223333||arn:aws:s3:::logs-*|")]
    [InlineData("""{"ResourceTags":[{"Key":"Stage","Value":"test","Comparison":"EQUALS"}]}""", "*||||Stage=test")]
    [InlineData("""{"ResourceId":[{"Value":"x","Comparison":"NOT_EQUALS"}]}""", null)]
    [InlineData("""{"SeverityLabel":[{"Value":"LOW","Comparison":"EQUALS"}]}""", null)]
    [InlineData("""{"ComplianceSecurityControlId":[{"Value":"EC2.1","Comparison":"EQUALS"}]}""", null)]
    public void AutomationRulesThatSuppressAreSaidOrRefused(string criteria, string? exceptions)
    {
        const string Suppress = """[{"Type":"FINDING_FIELDS_UPDATE","FindingFieldsUpdate":{"Workflow":{"Status":"SUPPRESSED"}}}]""";
        var entries = Read($$$"""
            {"Rules":[{"RuleName":"r","RuleStatus":"ENABLED","Criteria":{{{criteria}}},"Actions":{{{Suppress}}} },
                      {"RuleName":"off","RuleStatus":"DISABLED","Criteria":{{{criteria}}},"Actions":{{{Suppress}}} },
                      {"RuleName":"other","Criteria":{{{criteria}}},"Actions":[{"FindingFieldsUpdate":{"Severity":{"Label":"LOW"} } }] }] }
            """);

        var entry = Assert.Single(entries);
        Assert.Equal(exceptions, entry.Problem is null ? string.Join(";", entry.Exceptions.Select(Text)) : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- {rule: S3.A, reason: x}")]
    [InlineData("{\"a\": 1}")]
    [InlineData("[1")]
    [InlineData("Mutelist: [1]")]
    public void AFileThatIsNeitherIsAnError(string text) => Assert.Throws<ContentException>(() => Read(text));

    [Fact]
    public void WhatIsThereAlreadyIsNotAddedAgain()
    {
        var file = new ExceptionFile(Path.Combine(_folder, "exceptions.yaml"));
        var read = Read("Mutelist: {Accounts: {'*': {Checks: {'s3_*': {Regions: ['*'], Resources: [x, y]}}}}}").SelectMany(entry => entry.Exceptions).ToList();

        Assert.Equal(4, file.AddNew(read.Concat(read)).Count);
        Assert.Empty(file.AddNew(read));
        Assert.Equal(4, file.Read().Count);
    }

    [Fact]
    public void TheSchemaKnowsTheKeysThatAreRead()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "module", "schemas", "exceptions.json")));
        var item = schema.RootElement.GetProperty("anyOf")[0].GetProperty("items");

        Assert.Equal(
            ["account", "by", "id", "reason", "region", "requirement", "resource", "rule", "tags", "ticket", "unless", "until"],
            item.GetProperty("properties").EnumerateObject().Select(member => member.Name));
        Assert.Equal(["reason"], item.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(item.GetProperty("additionalProperties").GetBoolean());
    }

    private static string Text(PostureException one) =>
        $"{one.Rule}|{one.Account}|{one.Region}|{one.Resource}|{string.Join(",", one.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}";

    private IReadOnlyList<ImportedEntry> Read(string text)
    {
        var path = Path.Combine(_folder, "their-file");
        File.WriteAllText(path, text);
        return ExceptionImport.Read(path, _rules, "why");
    }
}
