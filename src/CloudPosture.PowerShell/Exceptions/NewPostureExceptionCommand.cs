using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Graph;
using CloudPosture.Lake.Findings;
using CloudPosture.PowerShell.Benchmarks;
using CloudPosture.PowerShell.Comparisons;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Resources;
using CloudPosture.PowerShell.Rules;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Exceptions;

/// <summary>Accepts failures: writes exceptions to the file that a team reviews.</summary>
[Cmdlet(VerbsCommon.New, "PostureException", SupportsShouldProcess = true)]
[OutputType(typeof(PostureExceptionInfo))]
public sealed class NewPostureExceptionCommand : ExceptionCmdlet
{
    private static readonly Type[] Taken =
    [
        typeof(Finding), typeof(PostureFindingChange), typeof(PostureRule), typeof(PostureRequirement), typeof(PostureRequirementRow), typeof(PostureResource), typeof(PostureExposure), typeof(PostureExceptionInfo),
    ];

    /// <summary>The rule.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("RuleId")]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [SupportsWildcards]
    public string? Rule { get; set; }

    /// <summary>Benchmark and requirement.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RequirementCompleter))]
    public string? Requirement { get; set; }

    /// <summary>The account.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AccountId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string? Account { get; set; }

    /// <summary>The resource.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string? Resource { get; set; }

    /// <summary>The Region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>What is accepted: findings, rules or requirements, or what they are about.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>Tags that the resource must carry.</summary>
    [Parameter]
    public Hashtable? Tag { get; set; }

    /// <summary>Why.</summary>
    [Parameter(Mandatory = true)]
    public string Reason { get; set; } = "";

    /// <summary>Who decided.</summary>
    [Parameter]
    public string? By { get; set; }

    /// <summary>The ticket.</summary>
    [Parameter]
    public string? Ticket { get; set; }

    /// <summary>The last day in force.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <summary>The exception's name in the file.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Whether the resource is given as a selector, and does not come with what is piped in.</summary>
    private bool _isTyped;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _isTyped = Resource is not null;

        // A finding's rule is there; what is typed may be a rule of one's own that is still to come.
        var unknown = new NameFilter(Rule is { Length: > 0 } typed ? [typed] : null).ExactNames
            .FirstOrDefault(rule => !Library.Rules.Rules.Any(known => string.Equals(known.Id, rule, StringComparison.OrdinalIgnoreCase)));
        if (unknown is not null)
        {
            WriteWarning($"There is no rule '{unknown}'.{NearNames.Suggest(unknown, Library.Rules.Rules.Select(rule => rule.Id))} The exception covers nothing until there is; Get-PostureRule lists the rules.");
        }
    }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var input = PipelineItem.Of(InputObject);
        input?.RefuseStranger(MyInvocation.MyCommand.Name, Taken);
        RefuseDetectors(input);
        if (input?.Is<PostureRequirement>() == true || input?.Is<PostureRequirementRow>() == true)
        {
            Requirement = $"{input.Text(nameof(PostureRequirement.BenchmarkId))}/{input.Text(nameof(PostureRequirement.RequirementId))}";
        }

        if (string.IsNullOrEmpty(Rule) && string.IsNullOrEmpty(Requirement))
        {
            throw new ArgumentException("Name what is accepted: -Rule or -Requirement, or pipe findings in. '*' stands for every rule.");
        }

        if (Requirement is { Length: > 0 } requirement)
        {
            RequirementSelection.Select(Library, new NameFilter(null), new NameFilter([requirement]));
        }

        // Where it is still yesterday, yesterday is today.
        if (Until is { } until && DayOf(Until)!.Value.UtcDateTime < DateTime.UtcNow.Date.AddDays(-1))
        {
            throw new ArgumentException($"The last day, {until:yyyy-MM-dd}, is past: nothing would be accepted. Give -Until a day that is still to come.");
        }

        // An exception and a row of a file say a selector; a finding says a name.
        if (!_isTyped && Resource is not null && input?.Text(nameof(Finding.ResourceArn)) == Resource)
        {
            Resource = ExceptionScope.Naming(Resource);
        }

        var file = ExceptionLocation.File(this, ExceptionPath);
        var exception = new PostureException
        {
            Id = Id ?? "",
            Rule = Rule,
            Requirement = Requirement,
            Account = Account,
            Resource = Resource,
            Region = Region,
            Tags = Tag is null ? new Dictionary<string, string>() : Tag.Cast<DictionaryEntry>().ToDictionary(tag => $"{tag.Key}", tag => $"{tag.Value}", StringComparer.Ordinal),
            Reason = Reason,
            By = By,
            Ticket = Ticket,
            Until = DayOf(Until),
        };
        if (ShouldProcess(Display.Text($"{Rule ?? Requirement} {Resource ?? "*"} in '{file.Path}'"), "Accept failures"))
        {
            Add(file, exception);
        }
    }

    private static void RefuseDetectors(PipelineItem? input)
    {
        if (input?.Is<Finding>() == true && input.Text(nameof(Finding.Provider)) is { Length: > 0 } provider)
        {
            throw new UnknownNameException("InputNotTaken", provider, $"Exceptions are for the verdicts of rules, and this finding is {provider}'s own. Suppress or archive it there.");
        }
    }

    private void Add(ExceptionFile file, PostureException exception)
    {
        try
        {
            WriteObject(Review(file, [file.Add(exception)]), enumerateCollection: true);
        }
        catch (ExceptionExistsException problem)
        {
            // The next finding may not be accepted yet.
            WriteFailure(problem, exception.Resource);
        }
    }
}
