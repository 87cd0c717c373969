using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Assessment.Rules;
using CloudPosture.Errors;
using CloudPosture.Harvest.Events;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Posture.Rules;

/// <summary>
/// What the rules about an account's events ask for, and what of a lake is about events: they tell what people did in a day, and stand apart
/// from what is known of the configuration.
/// </summary>
public static class EventRules
{
    /// <summary>The events that the rules' tables name, as far back as the one that looks back farthest.</summary>
    /// <param name="library">The rules.</param>
    /// <exception cref="SettingException">No rule is about events.</exception>
    public static EventLookup LookupOf(RuleLibrary library)
    {
        var rules = library.Rules.Rules.Where(rule => library.EventNames.Contains(rule.Service) && !rule.IsUnreadable).ToList();
        return rules.Count == 0 ? throw new SettingException("No rule is about events: there is nothing to ask for.") : new EventLookup(
            [.. rules.SelectMany(rule => Values(rule, RuleReader.EventsSetting))
                .Distinct(StringComparer.Ordinal)
                .OrderBy(name => name, StringComparer.Ordinal)],
            TimeSpan.FromDays(rules.SelectMany(rule => Values(rule, RuleReader.DaysSetting)).Max(days => double.Parse(days, CultureInfo.InvariantCulture))));
    }

    /// <summary>Whether a harvest read events and nothing else.</summary>
    internal static bool IsOfEvents(this HarvestInfo harvest, IReadOnlyCollection<string> events) => AreOfEvents(harvest.Services, events);

    /// <summary>Whether an assessment is about events and nothing else.</summary>
    internal static bool IsOfEvents(this AccountAssessed assessment, IReadOnlyCollection<string> events) => AreOfEvents(assessment.Services, events);

    private static bool AreOfEvents(IReadOnlyList<string> services, IReadOnlyCollection<string> events) => services.Count > 0 && services.All(events.Contains);

    private static IReadOnlyList<string> Values(Rule rule, string setting) => rule.Settings.First(one => one.Name == setting).Value;
}
