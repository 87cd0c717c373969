using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Buffers;
using CloudPosture.Assessment.Yaml;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>policyIsPublicFor</c>, with <c>field</c>: the member that holds a resource policy, and <c>actions</c>: names of actions.
/// True where the policy is public by <c>policyIsPublic</c> and a public statement allows one of the actions. Evidence: the statement.
/// </summary>
internal sealed class PolicyIsPublicFor : DerivedFunction
{
    private readonly FieldReference _field;
    private readonly string[] _actions;
    private readonly PolicyIsPublic _isPublic;

    public PolicyIsPublicFor(YamlMap arguments)
    {
        _field = Operators.Reference(arguments, "field");
        _actions = [.. arguments.Texts("actions")];
        _isPublic = new PolicyIsPublic(arguments);
        if (_actions.Length == 0 || _field.Head != _field.Text)
        {
            throw arguments.Error("'actions' must name the actions, and 'field' a member of the resource itself.");
        }
    }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (_field.Resolve(subject, out var policy) != FieldState.Present || Statements(policy.Json) is not { } statements)
        {
            return _isPublic.Evaluate(subject, explain);
        }

        using var buffer = new ByteBuffer();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, policy.Json, statements);
        }

        return _isPublic.Evaluate(subject.Element(buffer.ToJson()), explain);
    }

    /// <summary>A resource that has nothing but the policy, and the policy nothing that allows other actions.</summary>
    private void Write(Utf8JsonWriter json, JsonElement policy, JsonElement[] statements)
    {
        json.WriteStartObject();
        json.WriteStartObject(_field.Text);
        foreach (var member in policy.EnumerateObject().Where(member => member.Name != "Statement"))
        {
            member.WriteTo(json);
        }

        json.WriteStartArray("Statement");
        foreach (var statement in statements.Where(MayAllow))
        {
            statement.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static JsonElement[]? Statements(JsonElement policy) => policy.Member("Statement") switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => null,
    };

    private bool MayAllow(JsonElement statement) =>
        statement.Text("Effect") != "Allow"
        || (statement.Member("NotAction") is { } others ? _actions.Any(action => !Matches(others, action))
            : statement.Member("Action") is not { } actions || _actions.Any(action => Matches(actions, action)));

    private static bool Matches(JsonElement patterns, string action) => patterns.ValueKind switch
    {
        JsonValueKind.String => new Wildcard(patterns.GetString()!, ignoreCase: true).Matches(action),
        JsonValueKind.Array => patterns.EnumerateArray().Any(pattern => Matches(pattern, action)),
        _ => true,
    };
}
