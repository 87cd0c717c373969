using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Quoting;

/// <summary>Random arguments made of what shells stumble over.</summary>
internal static class Argument
{
    private static readonly string[] Pieces =
    [
        "a", "PATH", "1", "-", "--", "\"", "\"\"", "'", "''", "\\", "\\\\", "\\\"", " ", "  ", "\t", "\n", "\r\n", "%", "%a%", "%%", "%1", "%PATH:~0,3%",
        "^", "^^", "&", "&&", "|", "<", ">", "(", ")", "!", "!a!", "$", "$a", "$(a)", "${a}", "`", "``", "~", "*", "?", "#", ";", ",", "=", "@", "{", "}", "[", "]",
        "é", "日本", "😀", "\u2018", "\u2019", "\u201A", "\u201B", "\u201C", "\u201D", "\u00A0", "\u200B", "\u2028", "\u2029", "\u0085", "\u007F", "\u001A",
        "\u2013", "\u2014", "\u2015", "\u202E", "\u2066", "\u061C", "\uFEFF", "\u001B[2J", "\u001B]8;;http://a\u0007", "\u009B2J", "file://", "@", "~/", "-", "^\n", "\"\"\"",
    ];

    private static readonly Gen<string> Hostile =
        from pieces in Gen.Elements(Pieces).ListOf()
        select string.Concat(pieces);

    public static Arbitrary<string> Texts { get; } = Arb.From(Hostile, Shrink);

    public static Arbitrary<string> Json { get; } = Arb.From(
        from document in Gen.OneOf(Objects(3), Arrays(3))
        from indented in Gen.Elements(false, true)
        select document.ToJsonString(new JsonSerializerOptions { WriteIndented = indented, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    private static Gen<JsonNode> Objects(int depth) =>
        from members in (from name in Hostile from value in Values(depth - 1) select (name, value)).ListOf()
        select (JsonNode)new JsonObject(members.DistinctBy(member => member.name).Select(member => KeyValuePair.Create(member.name, member.value?.DeepClone())));

    private static Gen<JsonNode> Arrays(int depth) =>
        from items in Values(depth - 1).ListOf()
        select (JsonNode)new JsonArray([.. items.Select(item => item?.DeepClone())]);

    private static Gen<JsonNode?> Values(int depth)
    {
        var scalars = Gen.OneOf(
            Hostile.Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Choose(-9, 9).Select(number => (JsonNode?)JsonValue.Create(number)),
            Gen.Elements<JsonNode?>(null, JsonValue.Create(true)));
        return depth <= 0 ? scalars : Gen.Frequency((4, scalars), (1, Objects(depth).Select(node => (JsonNode?)node)), (1, Arrays(depth).Select(node => (JsonNode?)node)));
    }

    private static IEnumerable<string> Shrink(string text) =>
        Enumerable.Range(0, text.Length).Select(index => text.Remove(index, 1));
}
