using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Posture.Access;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Access;

/// <summary>Gets who may do an action on a resource, or what somebody may do.</summary>
[Cmdlet(VerbsCommon.Get, "PostureAccess", DefaultParameterSetName = ResourceSet)]
[OutputType(typeof(PostureAccess), ParameterSetName = [ResourceSet, PrincipalSet])]
[OutputType(typeof(PostureUnusedAccess), ParameterSetName = [UnusedSet])]
public sealed class GetPostureAccessCommand : AccessCmdlet
{
    private const string ResourceSet = "Resource";
    private const string PrincipalSet = "Principal";
    private const string UnusedSet = "Unused";
    private const int UnusedDays = 90;
    private const int MostNamed = 5;
    private static readonly string[] PrincipalTypes = ["AWS::IAM::User", "AWS::IAM::Role"];
    private readonly List<string> _resources = [];
    private readonly List<string> _principals = [];

    /// <summary>Actions; with a principal, patterns of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ResourceSet)]
    [Parameter(ParameterSetName = PrincipalSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public string[] Action { get; set; } = [];

    /// <summary>Resources, by ARN or name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceSet)]
    [Alias("ResourceArn", "Arn")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[] Resource { get; set; } = [];

    /// <summary>Users and roles, by ARN or name.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PrincipalSet)]
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = UnusedSet)]
    [Alias("PrincipalArn", "OriginArn")]
    [NamesFrom("PrincipalArn", "OriginArn", "ResourceArn", What = "user or role")]
    [ArgumentCompleter(typeof(PrincipalCompleter))]
    public string[] Principal { get; set; } = [];

    /// <summary>Gets the services that users and roles may use and do not.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UnusedSet)]
    public SwitchParameter Unused { get; set; }

    /// <summary>What was last used before this time is unused.</summary>
    [Parameter(ParameterSetName = UnusedSet)]
    [SinceText]
    [ArgumentCompleter(typeof(SinceCompleter))]
    public DateTime? Since { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        if (ParameterSetName != ResourceSet)
        {
            _principals.AddRange(Principal.Select(principal => ArnOf(principal, PrincipalTypes)));
            return;
        }

        if (Action.FirstOrDefault(action => action.IndexOf(':') <= 0 || action.IndexOfAny(['*', '?']) >= 0) is { } odd)
        {
            throw new ArgumentException($"'{odd}' is not one action. With -Resource give each by its whole name, such as s3:GetObject.");
        }

        _resources.AddRange(Resource.Select(resource => ArnOf(resource, types: null)));
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_resources.Count + _principals.Count == 0 && (ParameterSetName != UnusedSet || MyInvocation.ExpectingInput))
        {
            return;
        }

        if (ParameterSetName == UnusedSet)
        {
            WriteUnused();
            return;
        }

        WarnOfUnknownActions();
        var analysis = AccessAnalysis.Of(Snapshots(), ModuleFolder.Content, ParameterSetName == ResourceSet ? _resources : null, Read);
        WarnOfControl(analysis.AccountsWithoutControl);
        foreach (var answer in ParameterSetName == ResourceSet ? OnResources(analysis) : OfPrincipals(analysis))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(PostureAccess.From(answer));
        }
    }

    // AWS may have made it since; whoever may do everything may do that.
    private void WarnOfUnknownActions()
    {
        var known = new HashSet<string>(AccessAnalysis.KnownActions, StringComparer.OrdinalIgnoreCase);
        foreach (var action in new NameFilter(Action).ExactNames.Where(action => !known.Contains(action)))
        {
            WriteWarning($"IAM's list of actions, as this module knows it, has no '{action}'.{NearNames.Suggest(action, known)}");
        }
    }

    private IEnumerable<AccessAnswer> OnResources(AccessAnalysis analysis) =>
        from resource in _resources.Distinct(StringComparer.Ordinal)
        from action in Action
        from answer in analysis.WhoMay(action, resource)
        select answer;

    private IEnumerable<AccessAnswer> OfPrincipals(AccessAnalysis analysis)
    {
        var actions = new NameFilter(Action);
        foreach (var principal in _principals.Distinct(StringComparer.Ordinal))
        {
            if (analysis.WhatMay(principal, actions.Admits) is not { } answers)
            {
                Refuse(principal, analysis.Principals);
                continue;
            }

            foreach (var answer in answers)
            {
                yield return answer;
            }
        }
    }

    private void WriteUnused()
    {
        var analysis = UnusedAccessAnalysis.Of(Snapshots(), ModuleFolder.Content, Read);
        var since = SinceTextAttribute.Utc(Since) ?? DateTimeOffset.UtcNow.AddDays(-UnusedDays);
        var gaps = new List<(UseGap Gap, string Principal)>();
        WarnOfControl(analysis.AccountsWithoutControl);
        foreach (var principal in _principals.Count > 0 ? _principals.Distinct(StringComparer.Ordinal) : analysis.Principals)
        {
            StopToken.ThrowIfCancellationRequested();
            if (analysis.Of(principal, since) is not { } use)
            {
                Refuse(principal, analysis.Principals);
                continue;
            }

            if (use.Gap is { } gap)
            {
                gaps.Add((gap, principal));
            }

            WriteObject(use.Unused.Select(PostureUnusedAccess.From), enumerateCollection: true);
        }

        WarnOfGaps(gaps, UseGap.NoLastAccess, "When these used a service was not read, so that nothing is told of them", "Invoke-PostureHarvest -Service iam, iamlastaccess reads it; Get-PostureGap tells what kept it from that.");
        WarnOfGaps(gaps, UseGap.NoPolicy, "A policy of these was not read, so that they may be allowed more than is told", "Get-PostureGap tells why.");
    }

    private void WarnOfGaps(IReadOnlyList<(UseGap Gap, string Principal)> gaps, UseGap kind, string what, string advice)
    {
        var named = gaps.Where(gap => gap.Gap == kind).Select(gap => gap.Principal).ToList();
        if (named.Count > 0)
        {
            WriteWarning(Display.Text($"{what}: {string.Join(", ", named.Take(MostNamed))}{(named.Count > MostNamed ? $" and {named.Count - MostNamed} more" : "")}. {advice}"));
        }
    }

    private void Refuse(string principal, IEnumerable<string> known) =>
        WriteFailure(UnknownNameException.Among("Principal", principal, known, "Get-PostureResource AWS::IAM::Role, AWS::IAM::User lists those that were harvested."), principal);
}
