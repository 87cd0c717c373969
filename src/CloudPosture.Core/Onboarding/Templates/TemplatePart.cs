using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>What CloudFormation templates are put together from.</summary>
internal static class TemplatePart
{
    /// <summary>CloudFormation's limit of a template that is passed in a call rather than through S3.</summary>
    private const int BodyLimit = 51_200;

    /// <summary>CloudFormation's limit of a template's description, in bytes.</summary>
    private const int DescriptionLimit = 1024;

    /// <summary>A template with a description, whose note is never cut off.</summary>
    public static JsonObject Frame(string description, string note)
    {
        var room = DescriptionLimit - note.Length - 1;
        while (Encoding.UTF8.GetByteCount(description) > room)
        {
            description = description.Substring(0, description.Length - 1);
        }

        return new JsonObject { ["AWSTemplateFormatVersion"] = "2010-09-09", ["Description"] = $"{description} {note}" };
    }

    public static JsonObject Object(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject existing)
        {
            return existing;
        }

        var created = new JsonObject();
        parent[name] = created;
        return created;
    }

    public static JsonObject Resource(string type, string? condition, JsonObject properties)
    {
        foreach (var empty in properties
            .Where(property => property.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0)
            .Select(property => property.Key).ToList())
        {
            properties.Remove(empty);
        }

        var resource = new JsonObject { ["Type"] = type };
        if (condition is not null)
        {
            resource["Condition"] = condition;
        }

        resource["Properties"] = properties;
        return resource;
    }

    public static JsonObject Output(string description, JsonNode value, string? condition = null)
    {
        var output = new JsonObject { ["Description"] = description, ["Value"] = value };
        if (condition is not null)
        {
            output["Condition"] = condition;
        }

        return output;
    }

    public static JsonObject Ref(string name) => new() { ["Ref"] = name };

    public static JsonObject GetArn(string resource) => new() { ["Fn::GetAtt"] = new JsonArray(resource, "Arn") };

    /// <summary>Lets the ARNs in a value follow the partition where the stack is created.</summary>
    public static JsonNode? Portable(JsonNode? node, string partition) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, Portable(member.Value, partition)))),
        JsonArray list => new JsonArray([.. list.Select(item => Portable(item, partition))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Portable(text, partition),
        _ => node?.DeepClone(),
    };

    private static JsonNode Portable(string text, string partition)
    {
        var prefix = $"arn:{partition}:";
        return text.StartsWith(prefix, System.StringComparison.Ordinal)
            ? new JsonObject { ["Fn::Sub"] = "arn:${AWS::Partition}:" + text.Substring(prefix.Length).Replace("${", "${!") }
            : JsonValue.Create(text);
    }

    public static JsonObject WithinLimit(JsonObject template)
    {
        var length = Encoding.UTF8.GetByteCount(Yaml.Write(template));
        AwsLimits.Require(length <= BodyLimit, $"The template would have {length:N0} bytes, and CloudFormation accepts {BodyLimit:N0}: make the policies shorter.");
        return template;
    }
}
