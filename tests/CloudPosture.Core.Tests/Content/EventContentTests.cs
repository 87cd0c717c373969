using System;
using System.IO;
using System.Linq;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Errors;
using CloudPosture.Onboarding.Policies;
using CloudPosture.Posture.Rules;
using CloudPosture.Tests.Harvest;

namespace CloudPosture.Tests.Content;

/// <summary>Events stand apart from all else that can be read: by default nothing names them.</summary>
public sealed class EventContentTests
{
    private const string Action = "cloudtrail:LookupEvents";

    [Fact]
    public void TheOneActionBelongsToWhatIsReadOnRequestAlone()
    {
        var catalog = Shipped.Content.Catalog;

        Assert.Equal([Action], catalog.Events.SelectMany(service => service.Actions));
        Assert.DoesNotContain(Action, catalog.Services.Concat(catalog.Providers).SelectMany(service => service.Actions));
        Assert.DoesNotContain(catalog.EventNames.Single(), catalog.ServicesOf([]).Select(service => service.Name));
        Assert.False(IamActions.Find(Action)!.ReadsConfiguration);
        Assert.Equal(AccessLevel.Read, IamActions.Find(Action)!.AccessLevel);
    }

    [Fact]
    public void APolicyHoldsItWhereItIsAskedForAndShowsIt()
    {
        var plain = LeastPrivilegePolicy.Compute(new PolicyScope { Providers = ["GuardDuty"] }, Shipped.Content.Catalog);
        var asked = LeastPrivilegePolicy.Compute(new PolicyScope { Providers = ["GuardDuty"], IncludeEvents = true }, Shipped.Content.Catalog);

        Assert.DoesNotContain(plain.CustomDocuments.Concat(plain.StandaloneDocuments), document => document.Contains("LookupEvents", StringComparison.Ordinal));
        Assert.Equal([Action], asked.Actions.Select(action => action.Action).Except(plain.Actions.Select(action => action.Action)));
        Assert.Contains(asked.CustomDocuments, document => document.Contains(Action, StringComparison.Ordinal));
    }

    [Fact]
    public void AnEntryOfTheConfigurationThatCallsItGetsNoPolicy()
    {
        var trail = Shipped.Content.Catalog.Events.Single() with { IsOfEvents = false };

        var error = Assert.Throws<InvalidOperationException>(() => LeastPrivilegePolicy.Compute(new PolicyScope(), [trail]));

        Assert.Contains("customer data", error.Message);
    }

    [Fact]
    public void WhatIsAskedForIsWhatTheRulesName()
    {
        var lookup = EventRules.LookupOf(RuleLibrary.OfRules(LakeContents.Rules));
        var rules = LakeContents.Rules.Rules.Where(rule => rule.Service == "cloudtrail-events").ToList();

        Assert.Equal(3, rules.Count);
        Assert.Equal(rules.SelectMany(rule => rule.Settings.Single(setting => setting.Name == "events").Value).ToHashSet(), lookup.Names.ToHashSet());
        Assert.Equal(lookup.Names.Distinct(), lookup.Names);
        Assert.Equal(TimeSpan.FromDays(1), lookup.Window);
        Assert.Throws<SettingException>(() => EventRules.LookupOf(RuleLibrary.OfRules(LakeContents.Rules.Where(rule => rule.Service == "s3"))));
    }

    [Fact]
    public void ARuleAboutEventsSaysWhichAndHowFarBack()
    {
        const string Yaml = """
            id: Own.Rule
            title: Own
            severity: Low
            service: cloudtrail-events
            resource: AWS::CloudTrail::Principal
            scope: failing
            condition: {field: IsReader, equals: true}
            """;

        var error = Assert.Throws<ContentException>(() => RuleReader.Read("own.yaml", new StringReader(Yaml), RuleReading.Plain(Shipped.Content.Catalog)).ToList());

        Assert.Contains("'events'", error.Message);
        Assert.Contains("'days'", error.Message);
    }
}
