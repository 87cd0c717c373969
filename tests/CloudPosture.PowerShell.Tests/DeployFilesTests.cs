using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.PowerShell.Tests;

/// <summary>The ready files for engines that run many processes: what they promise beside the scripts they run.</summary>
public sealed class DeployFilesTests
{
    private static readonly string Folder = Path.Combine(Cmdlets.Repository, "module", "deploy");

    [Fact]
    public void A_pod_may_write_nothing_but_the_lake_and_its_scratch_space()
    {
        var job = At(Documents("kubernetes.yaml").Single(document => Text(document, "kind") == "CronJob"), "spec.jobTemplate.spec");
        var pod = At(job, "template.spec");
        var container = At(pod, "containers.0");

        Assert.Equal("Indexed", Text(job, "completionMode"));
        Assert.Equal(("true", "10001", "RuntimeDefault"), (Text(pod, "securityContext.runAsNonRoot"), Text(pod, "securityContext.runAsUser"), Text(pod, "securityContext.seccompProfile.type")));
        Assert.Equal(("true", "false", "ALL"), (Text(container, "securityContext.readOnlyRootFilesystem"), Text(container, "securityContext.allowPrivilegeEscalation"), Text(container, "securityContext.capabilities.drop.0")));
        Assert.Equal(["/lake", "/tmp"], Items(At(container, "volumeMounts")).Select(mount => Text(mount, "mountPath")));
        Assert.Equal("false", Text(pod, "automountServiceAccountToken"));
        Assert.Equal(Text(Documents("kubernetes.yaml").Single(document => Text(document, "kind") == "ServiceAccount"), "metadata.name"), Text(pod, "serviceAccountName"));
    }

    [Fact]
    public void Secrets_come_from_a_store_and_reach_the_process_by_its_environment()
    {
        var pod = At(Documents("kubernetes.yaml").Last(), "spec.jobTemplate.spec.template.spec.containers.0");
        Assert.Equal("external-id", Text(Items(At(pod, "env")).Single(variable => Text(variable, "name") == "POSTURE_EXTERNAL_ID"), "valueFrom.secretKeyRef.key"));

        var container = At(Documents("aws-batch.yaml").Single(), "Resources.Job.Properties.ContainerProperties");
        Assert.Equal("ExternalIdSecret", Text(Items(At(container, "Secrets")).Single(secret => Text(secret, "Name") == "POSTURE_EXTERNAL_ID"), "ValueFrom"));
        Assert.DoesNotContain(Items(At(container, "Environment")), variable => Text(variable, "Name") == "POSTURE_EXTERNAL_ID");

        var azure = Items(At(Documents("azure-pipelines.yml").Single(), "jobs.0.steps")).Single(step => Find(step, "pwsh") is not null);
        Assert.Equal(["$(System.AccessToken)", "$(POSTURE_ROLE)", "$(POSTURE_EXTERNAL_ID)"], new[] { "SYSTEM_ACCESSTOKEN", "AWS_ROLE_ARN", "POSTURE_EXTERNAL_ID" }.Select(name => Text(azure, "env." + name)));
        Assert.All(new[] { "azure-pipelines.yml", "Jenkinsfile", "gitlab-ci.yml" }, file => Assert.DoesNotContain("AWS_SECRET_ACCESS_KEY", File.ReadAllText(Path.Combine(Folder, file)), StringComparison.Ordinal));

        // What Groovy would put into the text of a script: nothing, because each script is a string in single quotes.
        var jenkins = File.ReadAllText(Path.Combine(Folder, "Jenkinsfile"));
        Assert.Equal(Regex.Count(jenkins, @"\bpwsh\b '''"), Regex.Count(jenkins, @"^\s*(pwsh|powershell|sh|bat)\b", RegexOptions.Multiline));
        Assert.Contains("withCredentials", jenkins, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("Jenkinsfile")]
    [InlineData("aws-batch.yaml")]
    [InlineData("azure-pipelines.yml")]
    [InlineData("github-actions.yml")]
    [InlineData("gitlab-ci.yml")]
    [InlineData("kubernetes.yaml")]
    public void No_short_process_is_compiled_for_a_long_life(string file) => Assert.Matches(
        """DOTNET_TieredPGO(=|: | = '|, Value: "|\s+value: ")0""", File.ReadAllText(Path.Combine(Folder, file)));

    [Fact]
    public void Every_reference_of_the_template_leads_somewhere()
    {
        var template = Documents("aws-batch.yaml").Single();
        var names = Keys(At(template, "Resources")).Concat(Keys(At(template, "Parameters"))).ToHashSet(StringComparer.Ordinal);
        var text = File.ReadAllText(Path.Combine(Folder, "aws-batch.yaml"));
        var references = Regex.Matches(text, @"!Ref ([\w:]+)|!GetAtt (\w+)|\$\{([\w:]+)\}")
            .Select(match => match.Groups.Values.Skip(1).Single(group => group.Success).Value)
            .Where(name => !name.StartsWith("AWS::", StringComparison.Ordinal))
            .ToList();

        Assert.All(references, name => Assert.Contains(name, names));
        Assert.All(Keys(At(template, "Parameters")), name => Assert.Contains(name, references));
    }

    private static List<YamlNode> Documents(string file)
    {
        using var reader = File.OpenText(Path.Combine(Folder, file));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    private static YamlNode? Find(YamlNode node, string path) => path.Split('.').Aggregate(
        (YamlNode?)node,
        (at, step) => at switch
        {
            YamlMappingNode map => map.Children.TryGetValue(new YamlScalarNode(step), out var value) ? value : null,
            YamlSequenceNode list when int.TryParse(step, out var index) => list.Children[index],
            _ => null,
        });

    private static YamlNode At(YamlNode node, string path) => Find(node, path) ?? throw new KeyNotFoundException(path);

    private static string? Text(YamlNode node, string path) => ((YamlScalarNode)At(node, path)).Value;

    private static IEnumerable<YamlNode> Items(YamlNode node) => ((YamlSequenceNode)node).Children;

    private static IEnumerable<string> Keys(YamlNode node) => ((YamlMappingNode)node).Children.Keys.Select(key => ((YamlScalarNode)key).Value!);
}
