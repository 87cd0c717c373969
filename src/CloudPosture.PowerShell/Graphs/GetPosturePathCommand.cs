using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using CloudPosture.Assessment.Paths;
using CloudPosture.Graph;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Paths;
using CloudPosture.PowerShell.Access;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Graphs;

/// <summary>Gets how somebody gets from the Internet, or from elsewhere, to administrators and to data.</summary>
[Cmdlet(VerbsCommon.Get, "PosturePath", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PosturePath), ParameterSetName = [PathSet])]
[OutputType(typeof(PosturePathStep), ParameterSetName = [DetailSet])]
public sealed class GetPosturePathCommand : AccessCmdlet
{
    private const string PathSet = "Path";
    private const string DetailSet = "Detail";
    private const string Internet = "Internet";
    private const string VpcMark = "vpc-";
    private readonly List<string> _through = [];
    private PathGoals? _goals;
    private bool _isNameless;

    /// <summary>Where it leads: <c>Admin</c>, <c>Data</c>, an ARN or name, a type, <c>tag:key=value</c>, or the id of a rule.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(PathGoalCompleter))]
    public string[] To { get; set; } = [PathGoals.Admin, PathGoals.Data];

    /// <summary>Where it begins: <c>Internet</c>, an address, a network, the id of a VPC, or a user, a role or what works with one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PathOriginCompleter))]
    public string[] From { get; set; } = [Internet];

    /// <summary>Resources on the path, by ARN, id or name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "Arn")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[]? Resource { get; set; }

    /// <summary>Accounts, by id or name, where paths begin or lead to.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>Severities.</summary>
    [Parameter]
    [Choice(typeof(Severity))]
    public Severity[]? Severity { get; set; }

    /// <summary>Leaves out paths that hang on what no harvest shows.</summary>
    [Parameter]
    public SwitchParameter CertainOnly { get; set; }

    /// <summary>Gives the steps of each path in place of the path.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DetailSet)]
    public SwitchParameter Detail { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var names = (Resource ?? []).Where(name => name.Length > 0).ToList();
        _isNameless |= names.Count == 0;
        _through.AddRange(names.Select(name => ArnOf(name, types: null)));
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (MyInvocation.ExpectingInput && _through.Count == 0)
        {
            if (_isNameless)
            {
                WriteFailure(new UnknownNameException("ResourceNotFound", "", "Nothing that came through the pipeline names a resource that a path could lead through: the ARN is empty."), target: null);
            }

            return;
        }

        var snapshots = Snapshots();
        var lake = OpenLake();
        var accounts = new NameFilter(Account).RefuseUnknownAccounts(lake);
        var names = snapshots.ToDictionary(snapshot => snapshot.AccountId, snapshot => snapshot.AccountName, StringComparer.Ordinal);
        ExposureReport? report = null;
        var analysis = Looking(() => PathAnalysis.Of(snapshots, ModuleFolder.Content, ExposuresFrom, Read, From.Where(IsNetwork)));
        report = null;
        WarnOfControl(analysis.AccountsWithoutControl);
        _goals = new PathGoals(lake, HarvestId, To, this, name => ArnOf(name, types: null));
        string[] from = [.. From.Select(start => Origin(start, analysis)).OfType<string>()];
        var paths = PathEvidence.Of(Looking(() => Paths(analysis, from)), lake, ModuleFolder.Catalog, HarvestId);
        foreach (var path in paths.Where(path => IsWanted(path, IsAdmitted)))
        {
            WriteObject(Detail ? path.Steps : path, enumerateCollection: true);
        }

        IEnumerable<PostureExposure> ExposuresFrom(string from) => (report ??= ExposureReport.Read(lake, HarvestId, keepsClosed: false, StopToken)).From(from);

        bool IsAdmitted(string account) => accounts.AdmitsAny(account, names.TryGetValue(account, out var name) ? name : account);
    }

    private IReadOnlyList<PosturePath> Paths(PathAnalysis analysis, IReadOnlyCollection<string> from)
    {
        var all = _goals!.Find(analysis, from, only: null, StopToken);
        if (_through.Count == 0)
        {
            return all;
        }

        // The shortest path to something may pass by another way than the one that is asked about.
        var through = new HashSet<string>(_through, StringComparer.Ordinal);
        return [.. all.Where(path => path.Steps.Any(step => through.Contains(step.FromArn) || through.Contains(step.ToArn)))
            .Concat(_goals.Find(analysis.EnteringBy(through), from, only: null, StopToken))
            .Concat(_goals.Find(analysis, from, through, StopToken))
            .GroupBy(path => (path.From, path.ResourceArn, path.GoalArn)).Select(same => same.First())
            .OrderByDescending(path => path.Severity).ThenBy(path => path.Length)];
    }

    private static T Looking<T>(Func<T> look)
    {
        try
        {
            return look();
        }
        catch (FormatException problem)
        {
            throw new ArgumentException(problem.Message, problem);
        }
    }

    private bool IsWanted(PosturePath path, Func<string, bool> isAccount) =>
        (Severity is null || Severity.Contains(path.Severity)) && (!CertainOnly || path.IsCertain) && (isAccount(path.AccountId) || isAccount(path.GoalAccountId));

    private static bool IsNetwork(string given) =>
        string.Equals(given, Internet, StringComparison.OrdinalIgnoreCase) || given.StartsWith(VpcMark, StringComparison.Ordinal) || IPAddress.TryParse(given.Split('/')[0], out _);

    private string? Origin(string given, PathAnalysis analysis)
    {
        if (IsNetwork(given))
        {
            return given;
        }

        var arn = ArnOf(given, types: null);
        if (analysis.IsPrincipal(arn))
        {
            return arn;
        }

        WriteFailure(new UnknownNameException("PrincipalNotFound", arn, $"'{arn}' is no user or role that was harvested, nor does it work with one. Get-PostureResource AWS::IAM::Role, AWS::IAM::User lists those that were."), arn);
        return null;
    }
}
