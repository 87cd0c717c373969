using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Posture.Access;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Access;

/// <summary>Gets who can become whom, and by which steps.</summary>
[Cmdlet(VerbsCommon.Get, "PostureEscalation", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PostureEscalation), ParameterSetName = [PathSet])]
[OutputType(typeof(PostureEscalationStep), ParameterSetName = [DetailSet])]
public sealed class GetPostureEscalationCommand : AccessCmdlet
{
    private const string PathSet = "Path";
    private const string DetailSet = "Detail";
    private const string Admin = "Admin";
    private readonly List<string> _starts = [];

    /// <summary>Whom to begin with, by ARN or name: users, roles, or what works with a role.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "PrincipalArn", "OriginArn", "Arn")]
    [ArgumentCompleter(typeof(PrincipalCompleter))]
    public string[] From { get; set; } = [];

    /// <summary>Whom to become: <c>Admin</c>, or a user or role by ARN or name.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(EscalationGoalCompleter))]
    public string? To { get; set; }

    /// <summary>Accounts, by id or name, whose administrators are meant; with another -To, those of the ways' beginnings.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>Leaves out ways that hang on what no harvest shows.</summary>
    [Parameter]
    public SwitchParameter CertainOnly { get; set; }

    /// <summary>Gives the steps of each way in place of the way.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DetailSet)]
    public SwitchParameter Detail { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord() => _starts.AddRange(From.Select(from => from == "*" ? from : ArnOf(from, types: null)));

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (MyInvocation.ExpectingInput && _starts.Count == 0)
        {
            return;
        }

        var snapshots = Snapshots();
        var accounts = new NameFilter(Account).RefuseUnknownAccounts(OpenLake());
        var names = snapshots.ToDictionary(snapshot => snapshot.AccountId, snapshot => snapshot.AccountName, StringComparer.Ordinal);
        var analysis = EscalationAnalysis.Of(snapshots, ModuleFolder.Content, Read);
        WarnOfControl(analysis.AccountsWithoutControl);
        bool IsWanted(string accountId) => accounts.AdmitsAny(accountId, names.TryGetValue(accountId, out var name) ? name : accountId);
        foreach (var path in To is null && _starts.Count > 0 ? Onward(analysis) : Towards(analysis, IsWanted))
        {
            if (!CertainOnly || path.IsCertain)
            {
                var way = PostureEscalation.Of(path);
                WriteObject(Detail ? way.Steps : way, enumerateCollection: true);
            }
        }
    }

    private IEnumerable<EscalationPath> Onward(EscalationAnalysis analysis) => _starts.Distinct(StringComparer.Ordinal).SelectMany(start =>
    {
        if (analysis.From(start, StopToken) is { } paths)
        {
            return paths;
        }

        Refuse(start);
        return [];
    });

    private IEnumerable<EscalationPath> Towards(EscalationAnalysis analysis, Func<string, bool> isWanted)
    {
        var isAdmin = To is null || string.Equals(To, Admin, StringComparison.OrdinalIgnoreCase);
        var goal = isAdmin ? null : ArnOf(To!, types: null);
        var paths = goal is null ? analysis.ToAdministrator(isWanted, StopToken) : analysis.To(goal, StopToken)?.Where(path => isWanted(path.From.AccountId));
        if (paths is null)
        {
            Refuse(goal!);
            return [];
        }

        if (_starts.Count == 0)
        {
            return paths;
        }

        var wanted = new HashSet<string>(_starts.Select(start => analysis.ActsAs(start) ?? start), StringComparer.Ordinal);
        return paths.Where(path => wanted.Contains(path.From.Arn));
    }

    private void Refuse(string arn) => WriteFailure(
        new UnknownNameException("PrincipalNotFound", arn, $"'{arn}' is no user or role that was harvested, nor does it work with one. Get-PostureResource AWS::IAM::Role, AWS::IAM::User lists those that were."), arn);
}
