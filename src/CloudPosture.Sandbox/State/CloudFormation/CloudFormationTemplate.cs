using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>A template for one stack: its parameters, conditions, functions and the order of its resources.</summary>
internal sealed partial class CloudFormationTemplate
{
    private const string NoValue = "AWS::NoValue";
    private static readonly string[] NamesOfIam = ["RoleName", "ManagedPolicyName", "UserName", "GroupName", "InstanceProfileName"];

    private readonly JsonObject _root;
    private readonly Dictionary<string, JsonNode> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Resource, string Attribute), string> _attributes = [];

    /// <summary>Reads a template and checks the parameters given for it.</summary>
    /// <param name="body">JSON or YAML.</param>
    /// <param name="parameters">A list of ParameterKey and ParameterValue; null for none.</param>
    /// <param name="account">The stack's account.</param>
    /// <param name="region">The stack's Region.</param>
    /// <param name="stack">The stack's name.</param>
    public CloudFormationTemplate(string body, JsonArray? parameters, string account, string region, string stack)
    {
        _root = Parse(body);
        (_values["AWS::Partition"], _values["AWS::AccountId"], _values["AWS::Region"]) = ("aws", account, region);
        (_values["AWS::StackName"], _values["AWS::URLSuffix"]) = (stack, "amazonaws.com");
        var given = (parameters ?? []).ToDictionary(parameter => (string)parameter!["ParameterKey"]!, parameter => (string?)parameter!["ParameterValue"], StringComparer.Ordinal);
        if (given.Keys.Except(Section("Parameters").Select(parameter => parameter.Key)).ToList() is { Count: > 0 } unknown)
        {
            throw Invalid($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template");
        }

        foreach (var (name, declaration) in Section("Parameters"))
        {
            _values[name] = Parameter(name, declaration!.AsObject(), given.GetValueOrDefault(name));
        }
    }

    public string? Description => (string?)_root["Description"];

    /// <summary>The capability that must be granted; null where the template makes no identities.</summary>
    public string? Capability => CapabilityOf(_root);

    /// <summary>The capability that a template needs; null for none.</summary>
    public static string? CapabilityOf(JsonObject root)
    {
        var identities = root["Resources"]!.AsObject()
            .Select(resource => resource.Value!)
            .Where(resource => ((string)resource["Type"]!).StartsWith("AWS::IAM::", StringComparison.Ordinal)).ToList();
        return identities.Count == 0 ? null
            : identities.Exists(resource => resource["Properties"] is JsonObject properties && NamesOfIam.Any(properties.ContainsKey)) ? "CAPABILITY_NAMED_IAM"
            : "CAPABILITY_IAM";
    }

    /// <summary>Reads a template's text and checks its form.</summary>
    public static JsonObject Parse(string body)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(body) > 51_200)
        {
            throw Invalid("1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200");
        }

        var root = TemplateReader.Read(body) ?? throw Invalid("Template format error: unsupported structure.");
        if (System.Text.Encoding.UTF8.GetByteCount((string?)root["Description"] ?? "") > 1024)
        {
            throw Invalid("Template format error: 'Description' length is greater than 1024.");
        }

        if (root["Resources"] is not JsonObject { Count: > 0 } resources)
        {
            throw Invalid("Template format error: At least one Resources member must be defined.");
        }

        return resources.FirstOrDefault(resource => resource.Value?["Type"] is not JsonValue) is { Key: { } untyped }
            ? throw Invalid($"Template format error: [/Resources/{untyped}] Every Resources object must contain a Type member.")
            : root;
    }

    /// <summary>The resources whose condition holds, each after those it refers to.</summary>
    public IEnumerable<(string Name, string Type, JsonObject Properties)> Resources()
    {
        var left = Section("Resources")
            .Where(resource => Holds(resource.Value!))
            .ToDictionary(resource => resource.Key, resource => resource.Value!.AsObject(), StringComparer.Ordinal);
        while (left.Count > 0)
        {
            var (name, resource) = left.FirstOrDefault(item => !References(item.Value).Any(reference => reference != item.Key && left.ContainsKey(reference)));
            if (name is null)
            {
                throw Invalid($"Circular dependency between resources: [{string.Join(", ", left.Keys)}]");
            }

            left.Remove(name);
            yield return (name, (string)resource["Type"]!, Resolve(resource["Properties"] ?? new JsonObject())!.AsObject());
        }
    }

    /// <summary>What Ref and GetAtt give for a resource from now on.</summary>
    public void Created(StackResource resource)
    {
        _values[resource.LogicalId] = resource.Reference;
        foreach (var (attribute, value) in resource.Attributes)
        {
            _attributes[(resource.LogicalId, attribute)] = value;
        }
    }

    public IEnumerable<JsonObject> Outputs()
    {
        foreach (var (name, output) in Section("Outputs").Where(output => Holds(output.Value!)))
        {
            var item = new JsonObject { ["OutputKey"] = name, ["OutputValue"] = Text(output!["Value"]) };
            if (output["Description"] is { } description)
            {
                item["Description"] = description.DeepClone();
            }

            yield return item;
        }
    }

    private static JsonNode Parameter(string name, JsonObject declaration, string? given)
    {
        var text = given ?? declaration["Default"]?.ToString() ?? throw Invalid($"Parameters: [{name}] must have values");
        var type = (string?)declaration["Type"] ?? "String";
        var items = type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal) ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
        foreach (var item in items)
        {
            var problem = declaration["AllowedValues"] is JsonArray allowed && !allowed.Any(value => value!.ToString() == item) ? $"must be one of values {allowed.ToJsonString()}"
                : (string?)declaration["AllowedPattern"] is { } pattern && !Regex.IsMatch(item, $"^(?:{pattern})$") ? $"must match pattern {pattern}"
                : Bound(declaration, "MinLength") > item.Length ? $"must contain at least {declaration["MinLength"]} characters"
                : Bound(declaration, "MaxLength") < item.Length ? $"must contain at most {declaration["MaxLength"]} characters"
                : type == "Number" && !double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "must be a number"
                : null;
            if (problem is not null)
            {
                throw Invalid((string?)declaration["ConstraintDescription"] is { } words ? $"Parameter {name} failed to satisfy constraint: {words}" : $"Parameter '{name}' {problem}");
            }
        }

        return items is [var only] && type is not "CommaDelimitedList" ? only : Json.Texts(items);
    }

    private static int? Bound(JsonObject declaration, string name) => declaration[name] is { } bound ? int.Parse(bound.ToString(), CultureInfo.InvariantCulture) : null;

    private IEnumerable<KeyValuePair<string, JsonNode?>> Section(string name) => _root[name]?.AsObject() ?? [];

    private bool Holds(JsonNode item) => (string?)item["Condition"] is not { } condition || IsTrue(condition);

    private bool IsTrue(string condition) => IsTrue(_root["Conditions"]?[condition] ?? throw Invalid($"Template format error: Unresolved condition {condition}."));

    private bool IsTrue(JsonNode test) => test.AsObject().Single() switch
    {
        { Key: "Condition", Value: { } name } => IsTrue((string)name!),
        { Key: "Fn::Not", Value: { } inner } => !IsTrue(inner[0]!),
        { Key: "Fn::And", Value: JsonArray all } => all.All(inner => IsTrue(inner!)),
        { Key: "Fn::Or", Value: JsonArray any } => any.Any(inner => IsTrue(inner!)),
        { Key: "Fn::Equals", Value: JsonArray pair } => Resolve(pair[0]!)?.ToString() == Resolve(pair[1]!)?.ToString(),
        var other => throw Invalid($"Template format error: {other.Key} is no condition."),
    };

    /// <summary>A node with its functions carried out; null for AWS::NoValue, which takes its member away.</summary>
    private JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject map when map.Count == 1 && map.First() is var (function, argument) && IsFunction(function) => Call(function, argument!),
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value))).Where(member => member.Value is not null)),
        JsonArray list => Json.List(list.Select(Resolve).Where(item => item is not null)),
        _ => node?.DeepClone(),
    };

    private JsonNode? Call(string function, JsonNode argument) => function switch
    {
        "Ref" when (string?)argument == NoValue => null,
        "Ref" => Value((string)argument!).DeepClone(),
        "Fn::GetAtt" when argument is JsonArray path => Attribute((string)path[0]!, (string)path[1]!),
        "Fn::GetAtt" when ((string)argument!).Split('.', 2) is [var resource, var attribute] => Attribute(resource, attribute),
        "Fn::If" => Resolve(IsTrue((string)argument[0]!) ? argument[1] : argument[2]),
        "Fn::Join" => string.Join((string)argument[0]!, Resolve(argument[1])!.AsArray().Select(item => item!.ToString())),
        "Fn::Split" => Json.Texts(Text(argument[1]).Split((string)argument[0]!)),
        "Fn::Select" => Resolve(argument[1])![int.Parse(Text(argument[0]), CultureInfo.InvariantCulture)]!.DeepClone(),
        "Fn::FindInMap" => _root["Mappings"]?[Text(argument[0])]?[Text(argument[1])]?[Text(argument[2])]?.DeepClone() ?? throw Invalid("Template error: Unable to get mapping"),
        "Fn::Sub" when argument is JsonArray pair => Substitute((string)pair[0]!, pair[1]!.AsObject()),
        "Fn::Sub" => Substitute((string)argument!, []),
        _ => throw Invalid($"Template error: the sandbox does not know {function} with these arguments"),
    };

    private string Text(JsonNode? node) => Resolve(node)?.ToString() ?? "";

    private string Substitute(string text, JsonObject locals) => Substitution().Replace(text, match => match.Groups["name"].Value switch
    {
        var name when match.Groups["literal"].Success => "${" + name + "}",
        var name when locals[name] is { } local => Text(local),
        var name when name.Split('.', 2) is [var resource, var attribute] => Attribute(resource, attribute),
        var name => Value(name).ToString(),
    });

    private JsonNode Value(string name) => _values.GetValueOrDefault(name) ?? throw Unresolved(name);

    private string Attribute(string resource, string attribute) => _attributes.GetValueOrDefault((resource, attribute)) ?? throw Unresolved(resource);

    private static bool IsFunction(string name) => name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => member switch
        {
            { Key: "Ref" or "DependsOn", Value: JsonValue value } => [value.GetValue<string>()],
            { Key: "DependsOn", Value: JsonArray names } => names.Select(name => (string)name!),
            { Key: "Fn::GetAtt", Value: JsonArray path } => [(string)path[0]!],
            { Key: "Fn::GetAtt", Value: JsonValue path } => [path.GetValue<string>().Split('.')[0]],
            { Key: "Fn::Sub", Value: { } text } => Substitution()
                .Matches((text is JsonArray pair ? pair[0] : text)!.ToString())
                .Select(match => match.Groups["name"].Value.Split('.')[0])
                .Concat(References(text)),
            _ => References(member.Value),
        }),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static AwsError Unresolved(string name) => Invalid($"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template");

    private static AwsError Invalid(string message) => new("ValidationError", message);

    [GeneratedRegex(@"\$\{(?<literal>!)?(?<name>[^}]+)\}")]
    private static partial Regex Substitution();
}
