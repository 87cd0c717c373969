using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Tests.Rules;

/// <summary>The rules about metric filters, tried with the filter that their own remediation proposes.</summary>
public sealed class MonitorTests
{
    public const string Prefix = "CloudWatch.Monitor";
    private const string Topic = $"arn:aws:sns:{RuleFixture.Region}:{RuleFixture.Account}:alarms";

    public static TheoryData<string> Ids => [.. ShippedRules.Rules.Rules.Select(rule => rule.Id).Where(id => id.StartsWith(Prefix, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheProposedFilterSatisfiesTheRule(string id) => Assert.Equal([FindingStatus.Pass], Assess(id, ProposedFilter(id)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void BothRemediationsProposeTheSameFilter(string id) =>
        Assert.Contains($"-FilterPattern '{ProposedFilter(id)}'", ShippedRules.Rules.Find(id)!.Remediation.PowerShell);

    [Theory]
    [MemberData(nameof(Ids))]
    public void AFilterThatMatchesEverythingIsNoMonitor(string id) => Assert.Equal([FindingStatus.Fail], Assess(id, "{ $.eventName = \"*\" }"));

    [Theory]
    [MemberData(nameof(Ids))]
    public void WithoutAFilterTheRuleFails(string id) => Assert.Equal([FindingStatus.Fail], RuleFixture.Assess(id, []));

    [Theory]
    [MemberData(nameof(Ids))]
    public void AFilterThatLeavesOneEventOutFails(string id)
    {
        var filter = ProposedFilter(id);
        var last = filter.LastIndexOf(" || (", StringComparison.Ordinal);
        if (last > 0)
        {
            var end = filter.IndexOf(')', last) + 1;
            Assert.Equal([FindingStatus.Fail], Assess(id, filter[..last] + filter[end..]));
        }
        else
        {
            Assert.Equal([FindingStatus.Fail], Assess(id, filter.Replace("{ ", "{ ($.awsRegion = \"nowhere\") && ", StringComparison.Ordinal)));
        }
    }

    private static string ProposedFilter(string id) =>
        Regex.Match(ShippedRules.Rules.Find(id)!.Remediation.Cli!, "--filter-pattern '([^']+)'").Groups[1].Value;

    private static FindingStatus[] Assess(string id, string pattern) => RuleFixture.Assess(id,
    [
        Resource("AWS::CloudTrail::Trail", new
        {
            Name = "all",
            IsMultiRegionTrail = true,
            CloudWatchLogsLogGroupArn = $"arn:aws:logs:{RuleFixture.Region}:{RuleFixture.Account}:log-group:trail:*",
            Status = new { IsLogging = true },
            EventSelectors = new { EventSelectors = new[] { new { ReadWriteType = "All", IncludeManagementEvents = true } } },
        }),
        Resource("AWS::Logs::MetricFilter", new
        {
            filterName = "monitor",
            filterPattern = pattern,
            logGroupName = "trail",
            metricTransformations = new[] { new { metricName = "events", metricNamespace = "CloudTrail", metricValue = "1" } },
        }),
        Resource("AWS::CloudWatch::Alarm", new { AlarmName = "alarm", ActionsEnabled = true, AlarmActions = new[] { Topic }, MetricName = "events", Namespace = "CloudTrail" }),
        Resource("AWS::SNS::Topic", new { TopicArn = Topic, Subscriptions = new[] { new { SubscriptionArn = Topic + ":1", Protocol = "email" } } }),
    ]);

    private static Resource Resource(string type, object configuration) => RuleFixture.Resource(type, JsonSerializer.SerializeToElement(configuration));
}
