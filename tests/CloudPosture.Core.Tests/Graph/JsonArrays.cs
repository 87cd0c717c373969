using System.Text.Json.Nodes;

namespace CloudPosture.Tests.Graph;

internal static class JsonArrays
{
    /// <summary>Puts nodes at a list's end.</summary>
    public static void AddAll(this JsonArray array, params JsonNode[] nodes)
    {
        foreach (var node in nodes)
        {
            array.Add(node);
        }
    }
}
