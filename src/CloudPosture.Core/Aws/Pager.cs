using System;
using System.Linq;
using System.Text.Json;
using CloudPosture.Aws.Models;
using CloudPosture.Json;

namespace CloudPosture.Aws;

/// <summary>Finds the input that asks for the page after an answer, by the model's pagination.</summary>
public static class Pager
{
    private const int LongestToken = 256 * 1024;

    /// <summary>The input of the next page.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="input">The input that gave the answer.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>The input with the next position, independent of the answer's memory; null after the last page.</returns>
    /// <exception cref="AwsServiceException">The service gave the position it was asked for: following it would never end.</exception>
    public static JsonElement? NextInput(OperationModel operation, JsonElement input, JsonElement answer)
    {
        if (operation.Pagination is not { } pagination
            || (pagination.MoreResults is { } more && Find(answer, more) is not { ValueKind: JsonValueKind.True }))
        {
            return null;
        }

        var tokens = pagination.OutputTokens.Select(path => Find(answer, path)).ToArray();
        if (tokens.All(IsEmpty))
        {
            return pagination.MoreResults is null ? null : throw Fault(operation, "PageTokenMissing", "answered that there is more and not where; what it left out is missing.");
        }

        if (tokens.Sum(token => token?.GetRawText().Length ?? 0) > LongestToken)
        {
            throw Fault(operation, "PageTokenTooLong", "answered with a page token longer than any of AWS.");
        }

        if (pagination.InputTokens.Zip(tokens, (name, token) => IsSame(input, name, token)).All(same => same))
        {
            throw Fault(operation, "RepeatedPageToken", "answered with the page token it was asked with; its pages would never end.");
        }

        return WithTokens(input, pagination, tokens);
    }

    private static AwsServiceException Fault(OperationModel operation, string code, string what) => new($"{operation.Service.Name}:{operation.Name} {what}")
    {
        Kind = AwsErrorKind.Malformed,
        Code = code,
        Service = operation.Service.Name,
        Operation = operation.Name,
    };

    private static JsonElement WithTokens(JsonElement input, Pagination pagination, JsonElement?[] tokens)
    {
        using var buffer = new ByteBuffer(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (input.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in input.EnumerateObject().Where(property => !pagination.InputTokens.Contains(property.Name)))
                {
                    property.WriteTo(writer);
                }
            }

            for (var i = 0; i < tokens.Length; i++)
            {
                if (!IsEmpty(tokens[i]))
                {
                    writer.WritePropertyName(pagination.InputTokens[i]);
                    tokens[i]!.Value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.ToJson();
    }

    /// <summary>Evaluates a paginator's path: dotted members, <c>[-1]</c> for the last item, <c>||</c> for "or else".</summary>
    private static JsonElement? Find(JsonElement answer, string path) =>
        path.Split(["||"], StringSplitOptions.None)
            .Select(alternative => JsonPath.Parse(alternative.Trim()).Find(answer))
            .FirstOrDefault(found => !IsEmpty(found));

    private static bool IsEmpty(JsonElement? token) =>
        token is not { } value || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));

    private static bool IsSame(JsonElement input, string name, JsonElement? token)
    {
        var asked = input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) ? value : (JsonElement?)null;
        return IsEmpty(token) ? IsEmpty(asked) : asked is { } present && present.GetRawText() == token!.Value.GetRawText();
    }
}
