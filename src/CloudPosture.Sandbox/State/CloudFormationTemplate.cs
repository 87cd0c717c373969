using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>A template in JSON: its parameters, conditions, functions and the order of its resources.</summary>
internal sealed partial class CloudFormationTemplate
{
    private readonly JsonObject _root;
    private readonly Dictionary<string, JsonNode> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _arns = new(StringComparer.Ordinal);

    public CloudFormationTemplate(string body, JsonArray? parameters, string account, string region)
    {
        try
        {
            _root = JsonNode.Parse(body)!.AsObject();
        }
        catch (JsonException)
        {
            throw Invalid("Template format error: the sandbox reads templates in JSON.");
        }

        (_values["AWS::Partition"], _values["AWS::AccountId"], _values["AWS::Region"]) = ("aws", account, region);
        foreach (var (name, declaration) in Section("Parameters"))
        {
            var given = parameters?.FirstOrDefault(parameter => (string?)parameter!["ParameterKey"] == name)?["ParameterValue"];
            var text = (string?)(given ?? declaration!["Default"]) ?? throw Invalid($"Parameters: [{name}] must have values");
            _values[name] = (string?)declaration!["Type"] == "CommaDelimitedList" ? Json.Texts(text.Split(',')) : text;
        }
    }

    /// <summary>True where the template makes roles or policies with names of its own.</summary>
    public bool NamesIam => Section("Resources").Any(resource => ((string)resource.Value!["Type"]!).StartsWith("AWS::IAM::", StringComparison.Ordinal));

    /// <summary>The resources whose condition holds, each after those it refers to.</summary>
    public IEnumerable<(string Name, string Type, JsonObject Properties)> Resources()
    {
        var left = Section("Resources").Where(resource => Holds(resource.Value!)).ToDictionary(resource => resource.Key, resource => resource.Value!.AsObject(), StringComparer.Ordinal);
        while (left.Count > 0)
        {
            var (name, resource) = left.FirstOrDefault(item => !References(item.Value).Any(left.ContainsKey));
            if (name is null)
            {
                throw Invalid("Circular dependency between resources.");
            }

            left.Remove(name);
            yield return (name, (string)resource["Type"]!, Resolve(resource["Properties"] ?? new JsonObject()).AsObject());
        }
    }

    /// <summary>What Ref and GetAtt give for a resource from now on.</summary>
    public void Created(string name, string reference, string arn) => (_values[name], _arns[name]) = (reference, arn);

    public IEnumerable<JsonObject> Outputs() => Section("Outputs").Where(output => Holds(output.Value!)).Select(output => new JsonObject
    {
        ["OutputKey"] = output.Key,
        ["OutputValue"] = Resolve(output.Value!["Value"]!),
    });

    private IEnumerable<KeyValuePair<string, JsonNode?>> Section(string name) => _root[name]?.AsObject() ?? [];

    private bool Holds(JsonNode item)
    {
        if ((string?)item["Condition"] is not { } condition)
        {
            return true;
        }

        var operands = _root["Conditions"]![condition]!["Fn::Equals"]!.AsArray();
        return JsonNode.DeepEquals(Resolve(operands[0]!), Resolve(operands[1]!));
    }

    private JsonNode Resolve(JsonNode node) => node switch
    {
        JsonObject map when map.Count == 1 && (string?)map.First().Key is { } function && IsFunction(function) => Call(function, map[function]!),
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Resolve(member.Value!)))),
        JsonArray list => Json.List(list.Select(item => Resolve(item!))),
        _ => node.DeepClone(),
    };

    private JsonNode Call(string function, JsonNode argument) => function switch
    {
        "Ref" => Value((string)argument!).DeepClone(),
        "Fn::GetAtt" when (string?)argument[1] == "Arn" => _arns[(string)argument[0]!],
        "Fn::Sub" => Substitution().Replace((string)argument!, match => match.Groups[1].Success ? "${" + match.Groups[2].Value + "}" : (string)Value(match.Groups[2].Value)!),
        _ => throw Invalid($"The sandbox does not know {function} with these arguments."),
    };

    private JsonNode Value(string name) => _values.GetValueOrDefault(name) ?? throw Invalid($"Unresolved resource dependencies [{name}] in the Resources block of the template");

    private static bool IsFunction(string name) => name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => member switch
        {
            { Key: "Ref" or "DependsOn", Value: JsonValue value } => [value.GetValue<string>()],
            { Key: "Fn::GetAtt", Value: JsonArray path } => [path[0]!.GetValue<string>()],
            _ => References(member.Value),
        }),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static AwsError Invalid(string message) => new("ValidationError", message);

    [GeneratedRegex(@"\$\{(!)?([^}]+)\}")]
    private static partial Regex Substitution();
}
