using System.Collections.Generic;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts;

/// <summary>What is new or worse of one rule in one account.</summary>
public sealed class AlertGroup
{
    private const int MostResources = 3;
    private readonly List<AlertResource> _resources = [];

    internal AlertGroup(Finding first)
    {
        AccountId = first.AccountId;
        AccountName = first.AccountName;
        RuleId = first.RuleId;
        Title = first.Title;
        Service = first.Service;
        Severity = first.Severity;
    }

    /// <summary>The account, 12 digits.</summary>
    public string AccountId { get; }

    /// <summary>The account's name.</summary>
    public string AccountName { get; }

    /// <summary>The rule.</summary>
    public string RuleId { get; }

    /// <summary>The rule's title.</summary>
    public string Title { get; }

    /// <summary>The service.</summary>
    public string Service { get; }

    /// <summary>The rule's severity.</summary>
    public Severity Severity { get; private set; }

    /// <summary>How many findings there are.</summary>
    public int Count => New + Regressed + Worse;

    /// <summary>How many are new.</summary>
    public int New { get; private set; }

    /// <summary>How many passed before.</summary>
    public int Regressed { get; private set; }

    /// <summary>How many weigh more than before.</summary>
    public int Worse { get; private set; }

    /// <summary>The first few of them.</summary>
    public IReadOnlyList<AlertResource> Resources => _resources;

    internal void Add(Finding finding, AlertReason reason)
    {
        Severity = finding.Severity > Severity ? finding.Severity : Severity;
        (New, Regressed, Worse) = reason switch
        {
            AlertReason.New => (New + 1, Regressed, Worse),
            AlertReason.Regressed => (New, Regressed + 1, Worse),
            _ => (New, Regressed, Worse + 1),
        };
        if (_resources.Count < MostResources)
        {
            _resources.Add(AlertResource.Of(finding, reason));
        }
    }
}
