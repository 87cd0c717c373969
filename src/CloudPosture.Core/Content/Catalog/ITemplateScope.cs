using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>What a template's holes are filled from.</summary>
internal interface ITemplateScope
{
    string Partition { get; }

    string Region { get; }

    string AccountId { get; }

    JsonElement? Find(JsonPath path);
}
