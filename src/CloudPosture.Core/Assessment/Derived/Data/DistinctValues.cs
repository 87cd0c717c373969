using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>distinctValues</c>: how many different values there are of <c>value</c> (a path, or @region) in <c>of</c>, which is either a list of the resource
/// (<c>Instances[]</c>) or a resource type. <c>per</c> counts for each value of another path and takes the least. For a type, <c>only</c>
/// leaves out those whose fields differ, <c>join</c> (their field: this resource's) those that do not belong to this resource, and
/// <c>sameRegion</c> those of other Regions. Evidence: the values.
/// </summary>
internal sealed class DistinctValues : DerivedFunction
{
    private const string RegionAttribute = "@region";
    private const int MaxShown = 5;
    private readonly string _of;
    private readonly string _value;
    private readonly JsonPath? _valuePath;
    private readonly JsonPath? _per;
    private readonly JsonPath? _list;
    private readonly bool _sameRegion;
    private readonly KeyValuePair<JsonPath, string>[] _only;
    private readonly KeyValuePair<JsonPath, FieldReference>[] _join;

    public DistinctValues(YamlMap arguments)
    {
        _of = arguments.Required("of");
        _value = arguments.Required("value");
        _sameRegion = arguments.Flag("sameRegion");
        var only = arguments.MapOrEmpty("only");
        var join = arguments.MapOrEmpty("join");
        try
        {
            _list = _of.Contains("::") ? null : JsonPath.Parse(_of);
            _per = arguments.Text("per") is { } per ? JsonPath.Parse(per) : null;
            _only = [.. only.Keys.Select(key => new KeyValuePair<JsonPath, string>(JsonPath.Parse(key), only.Required(key)))];
            _join = [.. join.Keys.Select(key => new KeyValuePair<JsonPath, FieldReference>(JsonPath.Parse(key), Operators.Reference(join, key)))];
            _valuePath = _value == RegionAttribute ? null : JsonPath.Parse(_value);
        }
        catch (FormatException problem)
        {
            throw arguments.Error(problem.Message);
        }
    }

    public override IReadOnlyList<string> Types => _list is null ? [_of] : [];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var pairs = _list is { } list ? [.. list.FindAll(subject.Root).Select(element => Pair(element, null))] : PairsOfType(subject);
        var groups = pairs.Where(pair => pair.Value is not null)
            .GroupBy(pair => pair.Group, pair => pair.Value!, StringComparer.Ordinal)
            .Select(group => group.Distinct(StringComparer.Ordinal).OrderBy(value => value, StringComparer.Ordinal).ToList()).ToList();
        var least = groups.Count == 0 ? [] : groups.OrderBy(values => values.Count).First();
        var evidence = explain ? $"{_value} in {_of}: {least.Count} ({string.Join(", ", least.Take(MaxShown))})" : null;
        return WhyUncertain(subject) is { } reason
            ? DerivedValue.Unknown(explain ? $"{_of} could not be read: {reason}" : null)
            : DerivedValue.Of(least.Count, evidence);
    }

    private string? WhyUncertain(in Subject subject) => _list is { } list
        ? subject.Resource.Gaps.FirstOrDefault(gap => gap.Field is null || gap.Field == list.FirstMember) is { } gap ? Conditions.Evidence.Of(gap) : null
        : subject.Account.WhyMissing(_of, _sameRegion ? subject.Assessed.Region : null);

    private (string Group, string? Value)[] PairsOfType(in Subject subject)
    {
        var pairs = new List<(string, string?)>();
        foreach (var resource in subject.Account.Resources(_of))
        {
            if ((!_sameRegion || resource.Region == subject.Assessed.Region) && Belongs(resource, subject))
            {
                pairs.Add(Pair(resource.Configuration, resource));
            }
        }

        return [.. pairs];
    }

    private bool Belongs(Resource resource, in Subject subject)
    {
        foreach (var join in _join)
        {
            if (join.Value.Resolve(subject, out var wanted) != FieldState.Present || Text(join.Key.Find(resource.Configuration)) is not { } own || own != wanted.Text)
            {
                return false;
            }
        }

        return Array.TrueForAll(_only, only => Text(only.Key.Find(resource.Configuration)) == only.Value);
    }

    private (string Group, string? Value) Pair(JsonElement element, Resource? resource) => (
        _per is null ? "" : Text(_per.Find(element)) ?? "",
        _valuePath is null ? resource?.Region : Text(_valuePath.Find(element)));

    private static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.GetRawText(),
        _ => null,
    };
}
