using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Posture;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Access;

/// <summary>Gets who may do an action on a resource, or what somebody may do.</summary>
[Cmdlet(VerbsCommon.Get, "PostureAccess", DefaultParameterSetName = ResourceSet)]
[OutputType(typeof(PostureAccess))]
public sealed class GetPostureAccessCommand : AccessCmdlet
{
    private const string ResourceSet = "Resource";
    private const string PrincipalSet = "Principal";
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
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[] Resource { get; set; } = [];

    /// <summary>Users and roles, by ARN or name.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PrincipalSet)]
    [Alias("PrincipalArn", "OriginArn")]
    [ArgumentCompleter(typeof(PrincipalCompleter))]
    public string[] Principal { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        if (ParameterSetName == PrincipalSet)
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
        if (_resources.Count + _principals.Count == 0)
        {
            return;
        }

        var analysis = AccessAnalysis.Of(Snapshots(), ModuleFolder.Content, ParameterSetName == ResourceSet ? _resources : null, Read);
        WarnOfControl(analysis.AccountsWithoutControl);
        foreach (var answer in ParameterSetName == ResourceSet ? OnResources(analysis) : OfPrincipals(analysis))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(PostureAccess.From(answer));
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
                WriteFailure(UnknownNameException.Among("Principal", principal, analysis.Principals, "Get-PostureResource AWS::IAM::Role, AWS::IAM::User lists those that were harvested."), principal);
                continue;
            }

            foreach (var answer in answers)
            {
                yield return answer;
            }
        }
    }
}
