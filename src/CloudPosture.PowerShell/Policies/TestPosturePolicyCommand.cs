using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Files;
using CloudPosture.Onboarding.Policies;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Roles;

namespace CloudPosture.PowerShell.Policies;

/// <summary>Finds what an identity policy grants beyond reading configuration, and what of it is needless.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PosturePolicy", DefaultParameterSetName = DocumentSet)]
[OutputType(typeof(PosturePolicyIssue))]
[OutputType(typeof(bool))]
public sealed class TestPosturePolicyCommand : RoleCmdlet
{
    private const string DocumentSet = "Document";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string RoleNameSet = "RoleName";
    private const string RoleSet = "Role";

    private PolicyLinter? _linter;

    /// <summary>The JSON of a policy.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = DocumentSet)]
    [NamesFrom("Document", What = "policy document", Hint = "Get-PosturePolicy -AsDocument gives documents.", Others = ["RoleName", "PSPath"], IsWhole = true)]
    public string[] Document { get; set; } = [];

    /// <summary>Files that hold policies; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files that hold policies, by their names as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Roles of the account that the credentials are of, all of whose policies are looked through.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RoleNameSet)]
    [AllowEmptyString]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[] RoleName { get; set; } = [];

    /// <summary>A role as Get-PostureRole and New-PostureRole give it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RoleSet)]
    public PostureRoleInfo? InputObject { get; set; }

    /// <summary>Allows what SecurityAudit would grant too.</summary>
    [Parameter(ParameterSetName = DocumentSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Standalone { get; set; }

    /// <summary>Measures against the limit of inline policies, 10,240 characters.</summary>
    [Parameter(ParameterSetName = DocumentSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Inline { get; set; }

    /// <summary>Answers true or false for each policy, or for each role.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private PolicyLinter Linter => _linter ??= new PolicyLinter(ModuleFolder.Catalog);

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (ParameterSetName is RoleSet or RoleNameSet)
        {
            await WithRolesAsync(writer, roles => TestRolesAsync(roles, writer, cancellationToken), cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var (source, json) in await PoliciesAsync(writer).ConfigureAwait(false))
        {
            try
            {
                Write(writer, Check("", source, json, besideSecurityAudit: !Standalone, Inline ? PolicyText.InlinePoliciesLimit : PolicyText.ManagedPolicyLimit));
            }
            catch (Exception problem) when (problem is JsonException or FormatException)
            {
                writer.Error(ErrorRecords.From(
                    new ArgumentException($"{(source.Length > 0 ? $"'{source}'" : "The text")} is not a policy document: {Told(problem, json)}", problem), source));
            }
        }
    }

    // The reader's own words are for who writes programs.
    private static string Told(Exception problem, string json) => problem is not JsonException { LineNumber: { } line, BytePositionInLine: { } place } ? problem.Message
        : json.IndexOf('{') < 0 ? "it holds no JSON. A file is given by -Path."
        : FormattableString.Invariant($"it is no JSON from line {line + 1}, character {place + 1}, on.");

    private async Task TestRolesAsync(RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var name in await NamesAsync(roles, InputObject is { } role ? [role.RoleName] : RoleName, cancellationToken).ConfigureAwait(false))
        {
            if (await roles.PoliciesAsync(name, cancellationToken).ConfigureAwait(false) is not { } policies)
            {
                writer.Error(NoSuchRole(name));
                continue;
            }

            // What AWS wrote itself is measured by nobody; what it grants counts, though.
            var hasSecurityAudit = policies.Any(policy => SecurityAuditPolicy.Is(policy.Name));
            Write(writer, [.. policies
                .Where(policy => !SecurityAuditPolicy.Is(policy.Name))
                .SelectMany(policy => Check(name, policy.Name, policy.Document, hasSecurityAudit, LimitOf(policy.Name)))]);
        }
    }

    /// <summary>What IAM accepts of a role's policy; null for those of AWS's own, which nobody can split.</summary>
    private static int? LimitOf(string policy) =>
        !policy.StartsWith("arn:", StringComparison.Ordinal) ? PolicyText.InlinePoliciesLimit
        : policy.IndexOf(":iam::aws:policy/", StringComparison.Ordinal) >= 0 ? null
        : PolicyText.ManagedPolicyLimit;

    private IReadOnlyList<PosturePolicyIssue> Check(string role, string source, string json, bool besideSecurityAudit, int? limit) =>
    [
        .. Linter.Check(json, besideSecurityAudit, limit).Select(issue => PosturePolicyIssue.From(issue, role, source)),
    ];

    private void Write(PipelineWriter writer, IReadOnlyList<PosturePolicyIssue> issues)
    {
        if (Quiet)
        {
            writer.Output(issues.Count == 0);
            return;
        }

        foreach (var issue in issues)
        {
            writer.Output(issue);
        }
    }

    private async Task<IReadOnlyList<(string Source, string Json)>> PoliciesAsync(PipelineWriter writer)
    {
        if (ParameterSetName == DocumentSet)
        {
            return [.. Document.Select(json => ("", json))];
        }

        var policies = new List<(string Source, string Json)>();
        foreach (var path in ParameterSetName == PathSet ? Path : LiteralPath)
        {
            foreach (var file in await FilesAsync(path, writer).ConfigureAwait(false))
            {
                try
                {
                    policies.Add((file, GivenFile.ReadText(file)));
                }
                catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
                {
                    writer.Error(ErrorRecords.From(problem, file));
                }
            }
        }

        return policies;
    }

    /// <summary>The files that one path means; what is wrong with it spares the others.</summary>
    private Task<IReadOnlyList<string>> FilesAsync(string path, PipelineWriter writer) => writer.AskAsync<IReadOnlyList<string>>(cmdlet =>
    {
        try
        {
            return ParameterSetName == PathSet ? [.. cmdlet.GetResolvedProviderPathFromPSPath(path, out _)] : [cmdlet.Resolve(path)];
        }
        catch (Exception problem) when (problem is SessionStateException or ProviderInvocationException)
        {
            cmdlet.WriteError(ErrorRecords.From(problem, path));
            return [];
        }
    });
}
