using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;
using CloudPosture.Content;
using CloudPosture.Content.Cases;
using CloudPosture.Content.Catalog;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Sandbox.Content;

/// <summary>The types that are served from content: those whose base resource is known and that no code of the sandbox makes.</summary>
internal sealed class ContentTypes
{
    private static readonly ConditionalWeakTable<ContentSet, ContentTypes> Known = [];
    private readonly ServiceModels _models;
    private readonly ILookup<(string Family, string Operation), ContentType> _byOperation;
    private readonly ILookup<string, ContentType> _byName;
    private readonly ILookup<(string Family, string Operation), (ResourceEntry Entry, CallEntry Call, JsonObject Base)> _completing;

    private readonly HashSet<(string Family, string Operation)> _listing;
    private readonly Dictionary<string, JsonObject> _bases;

    /// <param name="content">The content.</param>
    /// <param name="isMade">Whether code of the sandbox answers an operation of a service.</param>
    public ContentTypes(ContentSet content, Func<string, string, bool> isMade)
    {
        _models = content.Models;
        var source = content.Source;
        var files = source.ServicesWith(ContentSource.CasesFile).Select(service => Read(source, service)).ToList();
        var bases = _bases = files.SelectMany(file => file.Bases)
            .GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        var cases = files.SelectMany(file => file.Cases).ToList();
        var rules = Rules = Assessment.Rules.RuleSet.LoadShipped(content);
        var types = RuleTypes(rules);
        var places = cases.Where(IsPlace)
            .Select(given => (Type: TypeOfPlace(rules.Find(given.RuleId), given), Case: given))
            .Where(place => place.Type is not null)
            .ToLookup(place => place.Type!, place => place.Case, StringComparer.Ordinal);
        All =
        [
            .. from service in content.Catalog.All
               from entry in service.Resources
               where bases.ContainsKey(entry.Type) && !entry.Operations.Any(call => isMade(service.Model, call.Operation))
               let own = cases.Where(given => IsPlantable(given) && types.TryGetValue(given.RuleId, out var type) && type == entry.Type)
               select new ContentType(service, entry, bases[entry.Type], [.. own], [.. places[entry.Type]]),
        ];
        _completing =
            (from service in content.Catalog.All
             let family = Family(_models.Get(service.Model))
             from entry in service.Resources
             from call in entry.Calls
             select (Key: (family, call.Operation), Value: (entry, call, bases.TryGetValue(entry.Type, out var record) ? record : [])))
            .ToLookup(pair => pair.Key, pair => pair.Value);
        _listing =
        [
            .. from service in content.Catalog.All
               let family = Family(_models.Get(service.Model))
               from list in service.Resources.Select(entry => entry.List).OfType<ListEntry>()
               from operation in new[] { list.Operation, list.Prepare?.Operation }
               where operation is not null
               select (family, operation),
        ];
        _byName = All.ToLookup(type => type.Entry.Type, StringComparer.Ordinal);
        _byOperation = All
            .SelectMany(type => type.Entry.Operations.Select(call => call.Operation).Distinct(), (type, operation) => (type, operation))
            .ToLookup(pair => (Family(_models.Get(pair.type.Service.Model)), pair.operation), pair => pair.type);
    }

    public IReadOnlyList<ContentType> All { get; }

    /// <summary>The rules of the content.</summary>
    public Assessment.Rules.RuleSet Rules { get; }

    /// <summary>The base of a type, be its records made by code or not.</summary>
    public JsonObject Base(string type) => _bases[type];

    /// <summary>The types of a content; read once.</summary>
    public static ContentTypes Of(ContentSet content) =>
        Known.GetValue(content, static content => new ContentTypes(content, (service, operation) => State.ServiceCatalog.Handlers.Find(service, operation) is not null));

    /// <summary>The entries, made by code or not, that complete a record by an operation, each with its type's base.</summary>
    public IEnumerable<(ResourceEntry Entry, CallEntry Call, JsonObject Base)> Completing(OperationModel operation) => _completing[(Family(operation.Service), operation.Name)];

    /// <summary>Whether an entry of the catalog lists by an operation, or asks it before.</summary>
    public bool Lists(OperationModel operation) => _listing.Contains((Family(operation.Service), operation.Name));

    public IReadOnlyList<ContentType> Of(OperationModel operation) => [.. _byOperation[(Family(operation.Service), operation.Name)]];

    public IEnumerable<ContentType> Named(string type) => _byName[type];

    /// <summary>Services that are asked by an action's name at one endpoint, as RDS, DocumentDB and Neptune, are one family; another version of an API is another.</summary>
    private static string Family(ServiceModel service) => service.Protocol == AwsProtocol.Query ? service.SigningName + " " + service.ApiVersion : service.Name;

    /// <summary>A case that one resource alone makes up.</summary>
    private static bool IsPlantable(RuleCase given) =>
        given is { Verdict: CaseVerdict.Fail or CaseVerdict.Pass, Gaps.Count: 0, Settings.Count: 0, With.Count: 0, Tags.Count: 0, IsManagementAccount: false, Region: null, Patch.Count: > 0 };

    /// <summary>A case that the one resource of a place, or the want of any, makes up.</summary>
    private static bool IsPlace(RuleCase given) =>
        given is { Verdict: CaseVerdict.Fail, Gaps.Count: 0, Settings.Count: 0, Tags.Count: 0, IsManagementAccount: false, Region: null };

    /// <summary>The type whose resource, or want of any, a case of a whole account or Region is about; null where it is about several.</summary>
    private static string? TypeOfPlace(Assessment.Rules.Rule? rule, RuleCase given) => rule switch
    {
        null or { Scope: Assessment.Rules.RuleScope.Resource or Assessment.Rules.RuleScope.Failing } or { ManagementAccountOnly: true } => null,
        _ when given is { Patch.Count: > 0, With.Count: 0 } => rule.ResourceType,
        _ when given is { Patch.Count: 0, With: [{ Value.Count: 1 } with] } => with.Key,
        _ when given is { Patch.Count: 0, With.Count: 0 } && rule.TypesRead.Where(type => type is not (PlaceTypes.Account or PlaceTypes.Region)).ToList() is [var only] => only,
        _ => null,
    };

    private static CaseFile Read(ContentSource source, string service)
    {
        using var text = new StreamReader(source.Open(service, ContentSource.CasesFile)!);
        return CaseReader.Read(source.PathOf(service, ContentSource.CasesFile), text);
    }

    /// <summary>The type of each rule that looks at single resources of one type.</summary>
    private static Dictionary<string, string> RuleTypes(Assessment.Rules.RuleSet rules) => rules.Rules
        .Where(rule => rule is { Scope: Assessment.Rules.RuleScope.Resource, ManagementAccountOnly: false })
        .ToDictionary(rule => rule.Id, rule => rule.ResourceType, StringComparer.Ordinal);
}
