using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.PowerShell.Policies;

/// <summary>Finds what an identity policy grants beyond reading configuration, and what of it is needless.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PosturePolicy", DefaultParameterSetName = DocumentSet)]
[OutputType(typeof(PosturePolicyIssue))]
[OutputType(typeof(bool))]
public sealed class TestPosturePolicyCommand : PostureCmdlet
{
    private const string DocumentSet = "Document";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private PolicyLinter? _linter;

    /// <summary>The JSON of a policy.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = DocumentSet)]
    public string[] Document { get; set; } = [];

    /// <summary>Files that hold policies; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files that hold policies, by their names as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Allows what SecurityAudit would grant too.</summary>
    [Parameter]
    public SwitchParameter Standalone { get; set; }

    /// <summary>Measures against the limit of inline policies, 10,240 characters.</summary>
    [Parameter]
    public SwitchParameter Inline { get; set; }

    /// <summary>Answers true or false for each policy.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        foreach (var (source, json) in Policies())
        {
            try
            {
                Write(Check(json), source);
            }
            catch (Exception problem) when (problem is JsonException or FormatException)
            {
                WriteFailure(new ArgumentException(
                    $"{(source.Length > 0 ? $"'{source}'" : "The text")} is not a policy document: {problem.Message}", problem), source);
            }
        }
    }

    private IReadOnlyList<PolicyIssue> Check(string json) => (_linter ??= new PolicyLinter()).Check(
        json, besideSecurityAudit: !Standalone, Inline ? PolicyText.InlinePoliciesLimit : PolicyText.ManagedPolicyLimit);

    private void Write(IReadOnlyList<PolicyIssue> issues, string source)
    {
        if (Quiet)
        {
            WriteObject(issues.Count == 0);
            return;
        }

        WriteObject(issues.Select(issue => PosturePolicyIssue.From(issue, source)), enumerateCollection: true);
    }

    private IEnumerable<(string Source, string Json)> Policies() => ParameterSetName == DocumentSet
        ? Document.Select(json => ("", json))
        : Files().Select(file => (file, File.ReadAllText(file)));

    private IEnumerable<string> Files() => ParameterSetName == PathSet
        ? Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _))
        : LiteralPath.Select(this.Resolve);
}
