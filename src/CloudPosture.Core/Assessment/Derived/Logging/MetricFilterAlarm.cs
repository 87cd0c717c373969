using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Logs;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Derived.Logging;

/// <summary>
/// <c>metricFilterAlarm</c>, with <c>samples</c> (events that must raise the alarm, each a mapping as CloudTrail writes it) and, optionally,
/// <c>ignores</c> (events that must not): true where for every sample there is a working chain: a multi-Region trail that is logging
/// all management events → its log group, to which it delivers → a metric filter that matches the sample and none of the ignored events → an alarm on its
/// metric with actions enabled → an SNS topic with a confirmed subscription. Filters are evaluated on the events, not compared as text.
/// Evidence: the filter and alarm, or the first event that nothing watches. A trail that delivers to another account's log group, or
/// an alarm that notifies another account's topic, cannot be followed: unknown.
/// </summary>
internal sealed class MetricFilterAlarm : DerivedFunction
{
    private const string Filter = "AWS::Logs::MetricFilter";
    private const string Alarm = "AWS::CloudWatch::Alarm";
    private const string Topic = "AWS::SNS::Topic";
    private readonly JsonElement[] _samples;
    private readonly JsonElement[] _ignored;

    public MetricFilterAlarm(YamlMap arguments)
    {
        arguments.RequiredNode("samples");
        _samples = Events(arguments, "samples");
        _ignored = Events(arguments, "ignores");
        if (_samples.Length == 0)
        {
            throw arguments.Error("'samples' needs at least one event, such as {eventName: DeleteTrail}.");
        }
    }

    public override IReadOnlyList<string> Types => [Trails.Type, Filter, Alarm, Topic];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var account = subject.Account;
        var (filters, foreign) = WatchedFilters(account);
        var unwatched = _samples.FirstOrDefault(sample => !filters.Any(filter => filter.Pattern.Matches(sample)));
        if (unwatched.ValueKind == JsonValueKind.Undefined)
        {
            return DerivedValue.Of(true, explain ? string.Join(", ", filters.Where(filter => _samples.Any(filter.Pattern.Matches)).Select(filter => filter.Label).Distinct()) : null);
        }

        return (WhyUncertain(account) ?? foreign) is { } reason
            ? DerivedValue.Unknown(explain ? reason : null)
            : DerivedValue.Of(false, explain ? $"no metric filter with an alarm that reaches a confirmed subscriber matches {unwatched.GetRawText()}" : null);
    }

    private static JsonElement[] Events(YamlMap arguments, string key) => arguments.Node(key) switch
    {
        null => [],
        YamlSequenceNode list when list.Children.All(item => item is YamlMappingNode) => [.. list.Children.Select(YamlJson.Convert)],
        var other => throw arguments.ErrorAt(other, $"'{key}' takes a list of events, such as [{{eventName: DeleteTrail}}]."),
    };

    private string? WhyUncertain(AccountIndex account)
    {
        if (Trails.WhyUncertain(account) is { } trails)
        {
            return $"trails could not be read: {trails}";
        }

        foreach (var type in Types)
        {
            if (account.WhyMissing(type, null) is { } reason)
            {
                return $"{type} could not be read: {reason}";
            }
        }

        return account.Resources(Topic).SelectMany(topic => topic.Gaps).FirstOrDefault() is { } gap ? $"topics could not be read: {Evidence.Of(gap)}" : null;
    }

    private (IReadOnlyList<WatchedFilter> Filters, string? Foreign) WatchedFilters(AccountIndex account)
    {
        var watched = new List<WatchedFilter>();
        string? foreign = null;
        foreach (var trail in Trails.ToLogGroup(account).Where(Trails.RecordsManagement))
        {
            // arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*
            if (trail.Configuration.Text("CloudWatchLogsLogGroupArn")?.Split(':') is not { Length: >= 7 } group)
            {
                continue;
            }

            if (group[4] != account.AccountId)
            {
                foreign = $"{trail.Id} delivers to a log group of account {group[4]}, whose filters this account does not show";
                continue;
            }

            foreach (var filter in account.Resources(Filter).Where(filter => filter.Region == group[3] && filter.Configuration.Text("logGroupName") == group[6]))
            {
                if (FilterPattern.TryParse(filter.Configuration.Text("filterPattern"), out var pattern) && !_ignored.Any(pattern.Matches)
                    && AlarmOf(account, filter, ref foreign) is { } alarm)
                {
                    watched.Add(new WatchedFilter(pattern, $"filter {filter.Id} with alarm {alarm.Id}"));
                }
            }
        }

        return (watched, foreign);
    }

    private static Resource? AlarmOf(AccountIndex account, Resource filter, ref string? foreign)
    {
        foreach (var alarm in account.Resources(Alarm))
        {
            if (alarm.Region == filter.Region && alarm.Configuration.Flag("ActionsEnabled")
                && filter.Configuration.Items("metricTransformations").Any(metric => Watches(alarm.Configuration, metric))
                && Notifies(account, alarm, ref foreign))
            {
                return alarm;
            }
        }

        return null;
    }

    private static bool Watches(JsonElement alarm, JsonElement metric)
    {
        var (name, space) = (metric.Text("metricName"), metric.Text("metricNamespace"));
        return IsMetric(alarm, name, space)
            || alarm.Items("Metrics").Any(query => query.Member("MetricStat")?.Member("Metric") is { } part && IsMetric(part, name, space));
    }

    private static bool IsMetric(JsonElement json, string? name, string? space) =>
        name is not null && json.Text("MetricName") == name && json.Text("Namespace") == space;

    private static bool Notifies(AccountIndex account, Resource alarm, ref string? foreign)
    {
        foreach (var action in alarm.Configuration.Items("AlarmActions"))
        {
            var arn = action.ValueKind == JsonValueKind.String ? action.GetString()! : "";
            if (account.Resources(Topic).FirstOrDefault(topic => topic.Arn == arn) is { } topic)
            {
                if (topic.Configuration.Items("Subscriptions").Any(subscription => subscription.Text("SubscriptionArn")?.StartsWith("arn:", StringComparison.Ordinal) == true))
                {
                    return true;
                }
            }
            else if (arn.Contains(":sns:") && Arn.AccountOf(arn) is { } owner && owner != account.AccountId)
            {
                foreign = $"alarm {alarm.Id} notifies a topic of account {owner}, whose subscriptions this account does not show";
            }
        }

        return false;
    }

    private sealed record WatchedFilter(FilterPattern Pattern, string Label);
}
