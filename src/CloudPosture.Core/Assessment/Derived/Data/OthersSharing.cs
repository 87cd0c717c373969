using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>othersSharing</c>, with <c>owner</c> (the member that names who a resource belongs to, in this one and in all of <c>among</c>) and
/// <c>among</c> (a list of <c>{type, value, but}</c>: where resources hold what must not be shared; <c>but</c>, a list of <c>{field, in}</c>,
/// leaves out those whose field holds one of some values): the number of other owners that hold what this resource's owner holds, in whichever Region.
/// Evidence: what is shared and with whom, or what could not be read.
/// </summary>
internal sealed class OthersSharing : DerivedFunction
{
    private const int MaxShown = 5;
    private readonly JsonPath _owner;
    private readonly Place[] _places;
    private readonly ConditionalWeakTable<AccountIndex, Holdings> _accounts = new();

    public OthersSharing(YamlMap arguments)
    {
        _owner = arguments.RequiredParsed("owner", JsonPath.Parse);
        _places = [.. arguments.Maps("among").Select(ReadPlace)];
        if (_places.Length == 0)
        {
            throw arguments.Error("'among' needs at least one place, such as {type: AWS::Bedrock::Agent, value: Details.agentResourceRoleArn}.");
        }

        Types = [.. _places.Select(place => place.Type).Distinct()];
    }

    public override IReadOnlyList<string> Types { get; }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (Text(_owner, subject.Resource) is not { } owner)
        {
            return DerivedValue.Unknown(explain ? "whose it is could not be read" : null);
        }

        var holdings = _accounts.GetValue(subject.Account, Build);
        var held = holdings.ByOwner.TryGetValue(owner, out var own) ? own : [];
        var shared = held.Where(value => holdings.ByValue[value].Count > 1).ToList();
        var others = shared.SelectMany(value => holdings.ByValue[value])
            .Distinct(StringComparer.Ordinal)
            .Where(other => other != owner)
            .OrderBy(other => other, StringComparer.Ordinal).ToList();
        if (others.Count == 0 && WhyUncertain(subject, holdings) is { } reason)
        {
            return DerivedValue.Unknown(explain ? reason : null);
        }

        return DerivedValue.Of(others.Count, !explain ? null : others.Count == 0
            ? $"nobody else has {string.Join(", ", held.Take(MaxShown))}"
            : $"{string.Join(", ", shared.Take(MaxShown))}: {string.Join(", ", others.Take(MaxShown))} too");
    }

    private static Place ReadPlace(YamlMap map)
    {
        var place = new Place(map.Required("type"), map.RequiredParsed("value", JsonPath.Parse), [.. map.Maps("but").Select(ReadException)]);
        map.RejectUnknownKeys();
        return place;
    }

    private static (JsonPath Field, IReadOnlyList<string> Values) ReadException(YamlMap map)
    {
        var exception = (map.RequiredParsed("field", JsonPath.Parse), map.Texts("in"));
        map.RejectUnknownKeys();
        return exception;
    }

    private string? WhyUncertain(in Subject subject, Holdings holdings)
    {
        foreach (var type in Types)
        {
            if (subject.Account.WhyMissing(type, region: null) is { } reason)
            {
                return $"{type} could not be read: {reason}";
            }
        }

        return holdings.WhyIncomplete;
    }

    private Holdings Build(AccountIndex account)
    {
        var holdings = new Holdings();
        foreach (var place in _places)
        {
            foreach (var resource in account.Resources(place.Type).Where(place.Counts))
            {
                if (Text(_owner, resource) is { } owner && Text(place.Value, resource) is { } value)
                {
                    holdings.Add(owner, value);
                }
                else if (resource.Gaps.FirstOrDefault(gap => gap.Field is null || gap.Field == place.Value.FirstMember) is { } gap)
                {
                    holdings.WhyIncomplete ??= $"{place.Type} could not be read in full: {Conditions.Evidence.Of(gap)}";
                }
            }
        }

        return holdings;
    }

    private static string? Text(JsonPath path, Resource resource) => path.Find(resource.Configuration) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private sealed record Place(string Type, JsonPath Value, (JsonPath Field, IReadOnlyList<string> Values)[] But)
    {
        public bool Counts(Resource resource) =>
            !Array.Exists(But, but => Text(but.Field, resource) is { } text && but.Values.Contains(text));
    }

    private sealed class Holdings
    {
        public Dictionary<string, HashSet<string>> ByOwner { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, HashSet<string>> ByValue { get; } = new(StringComparer.Ordinal);

        /// <summary>What one of them holds and could not be read; null where all could.</summary>
        public string? WhyIncomplete { get; set; }

        public void Add(string owner, string value)
        {
            Set(ByOwner, owner).Add(value);
            Set(ByValue, value).Add(owner);
        }

        private static HashSet<string> Set(Dictionary<string, HashSet<string>> sets, string key)
        {
            if (!sets.TryGetValue(key, out var set))
            {
                sets.Add(key, set = new HashSet<string>(StringComparer.Ordinal));
            }

            return set;
        }
    }
}
