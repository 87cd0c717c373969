using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Rules;
using CloudPosture.Errors;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Assessment;

/// <summary>
/// Applies rules to an account. The account streams by twice: once for what account-wide rules count and look up, once to be
/// assessed resource by resource, so that memory does not grow with the number of resources.
/// </summary>
public sealed class Assessor
{
    /// <summary>The service that requirements which a person must look at are counted with.</summary>
    private const string ManualService = "account";
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private readonly IAccountSnapshot _snapshot;
    private readonly AssessmentOptions _options;
    private readonly ILookup<RuleScope, Rule> _rules;
    private readonly AccountIndex _index;
    private readonly Evidence _evidence = new();

    /// <summary>The rules that tell of what fails alone, and have told of something; of the others among them what could not be assessed.</summary>
    private readonly Dictionary<string, string?> _told = new(StringComparer.Ordinal);

    private Assessor(IAccountSnapshot snapshot, RuleSet rules, AssessmentOptions options)
    {
        _snapshot = snapshot;
        _options = options;
        _rules = rules.Rules
            .Where(rule => IsOfNoService(rule) || MayApply(rule))
            .Select(Placed)
            .ToLookup(rule => rule.Scope);
        var needs = new AccountNeeds();
        foreach (var rule in _rules.SelectMany(group => group))
        {
            needs.Add(rule.Needs);
        }

        _index = AccountIndex.Build(snapshot, rules.Catalog, needs, options.KnownAccounts, options.Organization);
    }

    /// <summary>Applies the rules, as the findings are asked for.</summary>
    /// <param name="snapshot">The account. Services that were left out give no findings; those that were to be read and could not are not assessed.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="options">What is known beyond the account; null for nothing.</param>
    /// <param name="cancellationToken">Ends the stream with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The findings: one for each rule and each resource it applies to.</returns>
    public static IEnumerable<Finding> Assess(IAccountSnapshot snapshot, RuleSet rules, AssessmentOptions? options = null, CancellationToken cancellationToken = default)
    {
        var assessor = new Assessor(snapshot, rules, options ?? new AssessmentOptions());
        foreach (var finding in assessor.AssessAccount()
            .Concat(assessor.AssessRegions())
            .Concat(assessor.AssessResources())
            .Concat(assessor.AssessRest())
            .Concat(assessor.ListManual()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return finding;
        }
    }

    /// <summary>Nobody knows what a rule of an unreadable file was about: it is told of whatever was asked for, with a service of that.</summary>
    private Rule Placed(Rule rule) => IsOfNoService(rule) && !IsWanted(rule.Service) ? rule with { Service = _options.Services!.FirstOrDefault() ?? ManualService } : rule;

    private static bool IsOfNoService(Rule rule) => rule is { IsUnreadable: true, Service: OwnRules.NoService };

    private bool MayApply(Rule rule) =>
        IsWanted(rule.Service)
        && (_snapshot.WasHarvested(rule.Service) || _snapshot.WhyUnread(rule.Service) is not null)
        && (!rule.ManagementAccountOnly || MayManage(_snapshot));

    private bool IsWanted(string service) => _options.Services?.Contains(service) != false;

    /// <summary>Whether the account manages an organization, or could not be asked.</summary>
    private static bool MayManage(IAccountSnapshot snapshot) =>
        snapshot.IsManagementAccount || snapshot.Gaps.Any(gap => gap is { ResourceType: OrganizationTypes.Organization, Field: null });

    private IEnumerable<Finding> AssessAccount()
    {
        var account = WholeAccount();
        return _rules[RuleScope.Account].Select(rule => Assess(rule, account, null)).OfType<Finding>();
    }

    private IEnumerable<Finding> AssessRegions() =>
        from name in _snapshot.Regions
        let region = Place(PlaceTypes.Region, $"arn:{_snapshot.Partition}:ec2:{name}:{_snapshot.AccountId}:region/{name}", name, name, name)
        from rule in _rules[RuleScope.Region]
        let finding = Assess(rule, region, name)
        where finding is not null
        select finding;

    private IEnumerable<Finding> AssessResources()
    {
        var byType = _rules[RuleScope.Resource].Concat(_rules[RuleScope.Failing])
            .SelectMany(rule => rule.ResourceTypes, (rule, type) => (Type: type, Rule: rule))
            .GroupBy(pair => pair.Type, pair => pair.Rule, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        foreach (var resource in _snapshot.Resources())
        {
            if (!byType.TryGetValue(resource.Type, out var rules))
            {
                continue;
            }

            foreach (var rule in rules)
            {
                if (Assess(rule, new Subject(resource, _index)) is { } finding && IsShown(rule, finding))
                {
                    yield return finding;
                }
            }
        }

        foreach (var rule in _rules[RuleScope.Resource])
        {
            foreach (var gap in rule.ResourceTypes.SelectMany(_index.ListGaps)
                .GroupBy(gap => gap.Region, StringComparer.Ordinal)
                .Select(group => group.First()))
            {
                yield return NotListed(rule, gap);
            }
        }
    }

    /// <summary>Of rules that tell of what fails alone, the rest is one finding a rule: that nothing failed, or that nobody knows.</summary>
    private IEnumerable<Finding> AssessRest()
    {
        var account = WholeAccount();
        foreach (var rule in _rules[RuleScope.Failing])
        {
            var gaps = rule.ResourceTypes.SelectMany(_index.ListGaps).ToList();
            var hasTold = _told.TryGetValue(rule.Id, out var unknown);
            if (gaps.Count > 0)
            {
                yield return NotListed(rule, gaps);
            }
            else if (unknown is not null)
            {
                yield return Report(rule, account, FindingStatus.NotAssessed, unknown);
            }
            else if (!hasTold)
            {
                yield return Report(rule, account, FindingStatus.Pass, $"none of {rule.ResourceType}");
            }
        }
    }

    private bool IsShown(Rule rule, Finding finding)
    {
        if (rule.Scope != RuleScope.Failing)
        {
            return true;
        }

        if (finding.Status == FindingStatus.NotAssessed)
        {
            _evidence.Add(finding.ResourceArn, ": ", finding.Evidence);
            _told[rule.Id] = _evidence.Take();
        }
        else if (finding.Status == FindingStatus.Fail && !_told.ContainsKey(rule.Id))
        {
            _told[rule.Id] = null;
        }

        return finding.Status == FindingStatus.Fail;
    }

    private Finding NotListed(Rule rule, IReadOnlyList<ReadGap> gaps)
    {
        var finding = NotListed(rule, gaps[0] with { Region = ResourceRegion.Global });
        return finding with { Evidence = $"{finding.Evidence} in {string.Join(", ", gaps.Select(gap => gap.Region).Distinct(StringComparer.Ordinal).OrderBy(region => region, StringComparer.Ordinal))}" };
    }

    // Rules without rows of their own still owe an answer for what could not be listed.
    private Finding NotListed(Rule rule, ReadGap gap)
    {
        var place = Place(gap.ResourceType, $"arn:{_snapshot.Partition}:{rule.Service}:{(gap.Region == ResourceRegion.Global ? "" : gap.Region)}:{_snapshot.AccountId}:*", "*", "*", gap.Region);
        _evidence.Add(gap.ResourceType, " could not be listed: ", Evidence.Of(gap));
        return Report(rule, place, FindingStatus.NotAssessed, _evidence.Take());
    }

    private IEnumerable<Finding> ListManual()
    {
        var account = WholeAccount();
        return from benchmark in IsWanted(ManualService) ? _options.Benchmarks.Where(benchmark => benchmark.HasManualFindings) : []
               from requirement in benchmark.Requirements
               where requirement.Rules.Count == 0
               select Report(new Check($"{benchmark.Id}/{requirement.Id}", requirement.Title, Severity.Informational, ManualService), account, FindingStatus.Manual, requirement.Manual!);
    }

    private Resource WholeAccount() =>
        Place(PlaceTypes.Account, $"arn:{_snapshot.Partition}:iam::{_snapshot.AccountId}:root", _snapshot.AccountId, _snapshot.AccountName, ResourceRegion.Global);

    /// <summary>A place without a record of its own: what account-wide and Region-wide findings are about.</summary>
    private Resource Place(string type, string arn, string id, string name, string region) => new()
    {
        Type = type,
        Arn = arn,
        Id = id,
        Name = name,
        AccountId = _snapshot.AccountId,
        Region = region,
        Configuration = Nothing,
        HarvestId = _snapshot.HarvestId,
        HarvestedAt = _snapshot.HarvestedAt,
        Connection = _snapshot.Connection,
    };

    /// <summary>Assesses the account or a Region by the one record of the rule's type there.</summary>
    private Finding? Assess(Rule rule, Resource place, string? region)
    {
        var record = _index.Resources(rule.ResourceType).FirstOrDefault(resource => region is null || resource.Region == region || (resource.Type == PlaceTypes.Region && resource.Id == region));
        if (record is not null)
        {
            place = place with { Configuration = record.Configuration, Gaps = record.Gaps, Tags = record.Tags, HarvestedAt = record.HarvestedAt, HarvestId = record.HarvestId };
        }
        else if (_index.GapOf(rule.ResourceType, region) is { } gap)
        {
            place = place with { Gaps = [gap] };
        }

        return Assess(rule, new Subject(place, _index));
    }

    /// <summary>A rule that breaks leaves its own resource unassessed, and nothing else of the account.</summary>
    private Finding? Assess(Rule rule, in Subject subject)
    {
        try
        {
            return Judge(rule, subject);
        }
        catch (Exception problem) when (OwnMistakeException.Is(problem))
        {
            _evidence.Take();
            _evidence.Add("the rule could not be applied: ", OwnMistakeException.Told(problem).Message);
            return Report(rule, subject.Resource, FindingStatus.NotAssessed, _evidence.Take());
        }
    }

    private Finding? Judge(Rule rule, in Subject subject)
    {
        var applies = rule.When?.Evaluate(subject) ?? Verdict.True;
        if (applies == Verdict.False)
        {
            return null;
        }

        var verdict = applies == Verdict.Unknown ? Verdict.Unknown : rule.Condition.Evaluate(subject);
        (applies == Verdict.Unknown ? rule.When! : rule.Condition).Explain(subject, _evidence);
        if (verdict != Verdict.Unknown && rule.EvidenceFields.Count > 0)
        {
            _evidence.Take();
            foreach (var field in rule.EvidenceFields)
            {
                field.Explain(subject, _evidence);
            }
        }

        var status = verdict switch { Verdict.True => FindingStatus.Pass, Verdict.False => FindingStatus.Fail, _ => FindingStatus.NotAssessed };
        return Report(rule, subject.Resource, status, _evidence.Take());
    }

    private Finding Report(Rule rule, Resource resource, FindingStatus status, string evidence) =>
        Report(new Check(rule.Id, rule.Title, rule.Severity, rule.Service), resource, status, evidence);

    private Finding Report(in Check check, Resource resource, FindingStatus status, string evidence)
    {
        return new Finding
        {
            FindingId = FindingIds.Of(check.Id, _snapshot.AccountId, resource.Region, resource.Arn),
            RuleId = check.Id,
            Title = check.Title,
            Status = status,
            Severity = check.Severity,
            Service = check.Service,
            ResourceType = resource.Type,
            ResourceId = resource.Id,
            ResourceArn = resource.Arn,
            ResourceName = resource.Name,
            AccountId = _snapshot.AccountId,
            AccountName = _snapshot.AccountName,
            Region = resource.Region,
            Evidence = evidence,
            FirstSeen = resource.HarvestedAt,
            LastSeen = resource.HarvestedAt,
            Connection = resource.Connection,
            HarvestId = resource.HarvestId,
        };
    }
}
