using System.Text;
using System.Text.Json;

namespace CloudPosture.Json;

/// <summary>One step of a path: to a member, to an element, or to all elements.</summary>
internal readonly struct JsonStep
{
    private const int NoElement = -3;
    private const int AllElements = -2;
    private const int LastElement = -1;
    private readonly byte[]? _utf8;
    private readonly int _element;

    private JsonStep(string? member, int element)
    {
        Member = member;
        _utf8 = member is null ? null : Encoding.UTF8.GetBytes(member);
        _element = element;
    }

    public static JsonStep All { get; } = new(null, AllElements);

    public static JsonStep Last { get; } = new(null, LastElement);

    /// <summary>The member's name; null for elements.</summary>
    public string? Member { get; }

    /// <summary>True for all elements of a list.</summary>
    public bool IsAll => _element == AllElements;

    /// <summary>True for one element of a list.</summary>
    public bool IsElement => _element >= LastElement;

    public static JsonStep OfMember(string name) => new(name, NoElement);

    public static JsonStep OfElement(int position) => new(null, position);

    /// <summary>Goes the step; all elements together are the list itself.</summary>
    public bool TryTake(JsonElement value, out JsonElement next)
    {
        next = value;
        if (_utf8 is not null)
        {
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(_utf8, out next);
        }

        if (IsAll)
        {
            return true;
        }

        var position = _element == LastElement ? (value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() - 1 : -1) : _element;
        if (value.ValueKind != JsonValueKind.Array || position < 0 || position >= value.GetArrayLength())
        {
            return false;
        }

        next = value[position];
        return true;
    }
}
