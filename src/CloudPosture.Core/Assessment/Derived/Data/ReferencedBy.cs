using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>referencedBy</c>, with <c>by</c> (a list of <c>{type, path}</c>: where resources of other types name this one, such as
/// <c>Groups[].GroupId</c>) and optionally <c>key</c> (the field that they name; the id where left out): the number of other resources
/// of the same Region that name this resource. Evidence: the number, or what could not be read.
/// </summary>
internal sealed class ReferencedBy : DerivedFunction
{
    private readonly FieldReference _key;
    private readonly (string Type, JsonPath Path)[] _sources;
    private readonly ConditionalWeakTable<AccountIndex, Dictionary<(string Region, string Key), HashSet<string>>> _accounts = new();

    public ReferencedBy(YamlMap arguments)
    {
        _key = arguments.Node("key") is null ? FieldReference.Parse("@id") : Operators.Reference(arguments, "key");
        _sources = [.. arguments.Maps("by").Select(ReadSource)];
        if (_sources.Length == 0)
        {
            throw arguments.Error("'by' needs at least one place, such as {type: AWS::EC2::NetworkInterface, path: \"Groups[].GroupId\"}.");
        }

        Types = [.. _sources.Select(source => source.Type).Distinct()];
    }

    public override IReadOnlyList<string> Types { get; }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (_key.Resolve(subject, out var key) != FieldState.Present || key.Text is not { } name)
        {
            return DerivedValue.Unknown(explain ? $"{_key.Text} could not be read" : null);
        }

        var resource = subject.Resource;
        var others = _accounts.GetValue(subject.Account, Build).TryGetValue((resource.Region, name), out var naming)
            ? naming.Count(arn => arn != resource.Arn)
            : 0;
        return others == 0 && WhyUncertain(subject) is { } reason
            ? DerivedValue.Unknown(explain ? reason : null)
            : DerivedValue.Of(others, explain ? $"{others} resources refer to {name}" : null);
    }

    private static (string, JsonPath) ReadSource(YamlMap map)
    {
        var type = map.Required("type");
        try
        {
            var source = (type, JsonPath.Parse(map.Required("path")));
            map.RejectUnknownKeys();
            return source;
        }
        catch (FormatException problem)
        {
            throw map.Error(problem.Message);
        }
    }

    private string? WhyUncertain(in Subject subject)
    {
        foreach (var (type, path) in _sources)
        {
            if (subject.Account.WhyMissing(type, subject.Resource.Region) is { } reason)
            {
                return $"{type} could not be read: {reason}";
            }

            if (subject.Account.Resources(type).SelectMany(other => other.Gaps).FirstOrDefault(gap => gap.Field is null || gap.Field == path.FirstMember) is { } gap)
            {
                return $"{type} could not be read in full: {Conditions.Evidence.Of(gap)}";
            }
        }

        return null;
    }

    private Dictionary<(string Region, string Key), HashSet<string>> Build(AccountIndex account)
    {
        var naming = new Dictionary<(string Region, string Key), HashSet<string>>();
        foreach (var (type, path) in _sources)
        {
            foreach (var other in account.Resources(type))
            {
                foreach (var named in path.FindAll(other.Configuration).Where(value => value.ValueKind == JsonValueKind.String))
                {
                    var key = (other.Region, named.GetString()!);
                    if (!naming.TryGetValue(key, out var arns))
                    {
                        naming[key] = arns = new HashSet<string>(StringComparer.Ordinal);
                    }

                    arns.Add(other.Arn);
                }
            }
        }

        return naming;
    }
}
