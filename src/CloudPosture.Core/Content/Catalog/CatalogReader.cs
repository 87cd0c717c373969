using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>Reads a service's YAML file.</summary>
internal static class CatalogReader
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromHours(12);

    /// <exception cref="ContentException">The file is invalid.</exception>
    public static ServiceEntry Read(string file, TextReader text) => Read(file, [.. YamlFile.Maps(file, text)]);

    /// <exception cref="ContentException">The file is invalid.</exception>
    public static ServiceEntry Read(string file, IReadOnlyList<YamlMap> maps) =>
        maps.Count == 1 ? ReadService(maps[0]) : throw new ContentException(file, 1, null, "a file holds exactly one service.");

    private static ServiceEntry ReadService(YamlMap map)
    {
        var name = map.Required("service");
        var prefix = map.Text("iamPrefix") ?? name;
        var isGlobal = IsGlobal(map) ?? throw map.Error("the key 'scope' is missing.");
        PassOverApi(map.MapOrEmpty("api"));
        var service = new ServiceEntry
        {
            Name = name,
            Provider = map.Text("provider"),
            Title = map.Required("title"),
            IamPrefix = prefix,
            NewActions = ReadNewActions(map.MapOrEmpty("newActions"), prefix),
            IsGlobal = isGlobal,
            Interval = map.Parsed("interval", ParseInterval)?.Value ?? DefaultInterval,
            Rates = [.. map.Maps("rates").Select(ReadRate)],
            Coverage = ReadCoverage(map.MapOrEmpty("coverage")),
            Resources = [.. map.Maps("resources").Select(resource => ReadResource(resource, isGlobal))],
        };
        map.RejectUnknownKeys();

        if (service.Rates.Count == 0 || !service.Rates[service.Rates.Count - 1].Operations.Contains("*"))
        {
            throw map.Error("the last of 'rates' must be the one for all other operations: {operations: [\"*\"], bucket: …, refill: …}.");
        }

        return service.Resources.Count > 0 ? service : throw map.Error("'resources' must hold at least one resource type.");
    }

    private static Dictionary<string, ReadingLevel> ReadNewActions(YamlMap map, string prefix)
    {
        var actions = new[] { ReadingLevel.List, ReadingLevel.Read }
            .SelectMany(level => map.Texts(level.ToString()), (level, action) => (action, level))
            .ToDictionary(pair => prefix + ":" + pair.action, pair => pair.level, StringComparer.OrdinalIgnoreCase);
        map.RejectUnknownKeys();
        return actions;
    }

    /// <summary>The facts about the published model concern the model generator alone.</summary>
    private static void PassOverApi(YamlMap api)
    {
        api.Text("model");
        api.Text("package");
        api.Map("metadata");
        api.Texts("policyDocuments");
        api.Texts("unsigned");
        api.Map("paginators");
        api.RejectUnknownKeys();
    }

    private static RateEntry ReadRate(YamlMap map)
    {
        var rate = new RateEntry(map.Texts("operations"), map.PositiveNumber("bucket"), map.PositiveNumber("refill"), map.Flag("perOperation"));
        map.RejectUnknownKeys();
        return rate.Operations.Count > 0 ? rate : throw map.Error("'operations' must name the operations of the class.");
    }

    private static ResourceEntry ReadResource(YamlMap map, bool serviceIsGlobal)
    {
        var gone = Errors(map, "gone");
        var resource = new ResourceEntry(map.RequiredParsed("id", Template.ParsePathOrTemplate), map.RequiredParsed("arn", Template.ParsePathOrTemplate))
        {
            Type = map.Required("type"),
            IsGlobal = IsGlobal(map) ?? serviceIsGlobal,
            ManagementAccountOnly = map.Flag("managementAccountOnly"),
            IsDistinct = map.Flag("distinct"),
            IsTransient = map.Flag("transient"),
            List = map.Map("list") is { } list ? ReadList(list) : null,
            Calls = [.. map.Maps("calls").Select(call => ReadCall(call, gone))],
            Name = map.Parsed("name", Template.ParsePathOrTemplate),
            Tags = map.Parsed("tags", JsonPath.Parse),
            Omit = map.Texts("omit"),
            Keep = KeptMembers.Of(map.Texts("keep"), map.Texts("keepNames")),
            Finding = map.Map("finding") is { } finding ? FindingFormReader.Read(finding) : null,
            DecodeFields = map.Texts("decodeFields"),
            Relations = [.. map.Maps("relations").Select(ReadRelation)],
            Sensitive = SensitiveReader.Read(map),
            Harmless = Reasons(map.MapOrEmpty("harmless")),
            Always = map.Texts("always"),
            Region = map.Map("region") is { } region ? ReadRegion(region) : null,
        };
        map.RejectUnknownKeys();
        if (resource.BatchSize > 1 && (resource.Region is not null || resource.FirstCalls.Count > 0))
        {
            throw map.Error("a 'batch' goes to one Region at once: it stands beside neither 'region' nor 'first'.");
        }

        return resource.List is not null || resource.Calls.Count > 0
            ? resource
            : throw map.Error("a resource needs a 'list', or 'calls' that make its one record.");
    }

    private static RelationEntry ReadRelation(YamlMap map)
    {
        var isArn = map.Has("byArn");
        var form = map.Choice(
            "as", RelationForm.Plain, ("list", RelationForm.List), ("uri", RelationForm.Uri), ("domain", RelationForm.Domain), ("account", RelationForm.Account), ("text", RelationForm.Text));
        var relation = new RelationEntry(
            map.Required("name"), map.Required("to"), map.RequiredParsed(isArn ? "byArn" : "by", JsonPath.Parse), isArn, form, map.Parsed("on", JsonPath.Parse));
        map.RejectUnknownKeys();
        return relation;
    }

    private static CheckCoverage ReadCoverage(YamlMap map)
    {
        var coverage = new CheckCoverage(Reasons(map.MapOrEmpty("customerData")), Reasons(map.MapOrEmpty("person")), Reasons(map.MapOrEmpty("notApplicable")));
        map.RejectUnknownKeys();
        return coverage;
    }

    private static Dictionary<string, string> Reasons(YamlMap map) => map.OwnKeys().ToDictionary(id => id, map.Required, StringComparer.Ordinal);

    private static ListEntry ReadList(YamlMap map)
    {
        var list = new ListEntry
        {
            Operation = map.Required("operation"),
            Action = map.Text("action"),
            Input = Input(map),
            Each = Each(map),
            Absent = Errors(map, "absent"),
            Optional = map.Flag("optional"),
            Items = map.RequiredParsed("items", JsonPath.Parse),
            ItemField = map.Text("itemField"),
            Single = map.Flag("single"),
            Where = map.Map("where") is { } where ? ReadWhere(where) : null,
            Walk = map.Map("walk") is { } walk ? ReadWalk(walk) : null,
            Prepare = map.Text("prepare") is { } prepare ? new OperationEntry { Operation = prepare } : null,
        };
        list = map.Text("decode") switch
        {
            null => list,
            "credentialReport" => list with { IsCredentialReport = true },
            "eventHistory" => list with { IsEventHistory = true },
            var other => throw map.Error($"'decode: {other}' is not known for a list; known are: credentialReport, eventHistory."),
        };
        map.RejectUnknownKeys();
        return list;
    }

    private static CallEntry ReadCall(YamlMap map, IReadOnlyList<ErrorMatch> gone)
    {
        var input = Input(map);
        var select = map.Parsed("select", JsonPath.Parse) ?? JsonPath.Root;
        var call = new CallEntry
        {
            Operation = map.Required("operation"),
            Action = map.Text("action"),
            Input = input,
            Absent = Errors(map, "absent"),
            Optional = map.Flag("optional"),
            Holds = map.Parsed("holds", JsonPath.Parse),
            Select = select,
            Field = map.Required("field"),
            Gone = [.. Errors(map, "gone"), .. gone],
            When = map.Map("when") is { } when ? ReadWhen(when) : null,
            While = map.Map("while") is { } pending ? ReadWhen(pending) : null,
            First = map.Flag("first"),
            Batch = map.Map("batch") is { } batch ? ReadBatch(batch, input, select) : null,
            DecodeFields = map.Texts("decodeFields"),
            Omit = map.Texts("omit"),
            Keep = KeptMembers.Of(map.Texts("keep"), []),
            DecodeJson = map.Text("decode") switch
            {
                null => false,
                "json" => true,
                var other => throw map.Error($"'decode: {other}' is not known for a call; known is: json."),
            },
        };
        map.RejectUnknownKeys();
        return call;
    }

    private static BatchEntry ReadBatch(YamlMap map, InputTemplate input, JsonPath select)
    {
        var size = map.PositiveNumber("size");
        var by = map.RequiredParsed("by", JsonPath.Parse);
        map.RejectUnknownKeys();
        try
        {
            return input.ListOfIds is null
                ? throw map.Error("a batch needs an input with one list that holds one id, as in names: [\"{name}\"].")
                : BatchEntry.Of((int)size, select, by);
        }
        catch (FormatException problem)
        {
            throw map.Error(problem.Message);
        }
    }

    private static WalkEntry ReadWalk(YamlMap map)
    {
        var walk = new WalkEntry(map.Texts("from"), map.Required("input"), map.Flag("recurse"))
        {
            Batch = map.Has("batch") ? (int)map.PositiveNumber("batch") : 1,
            Carry = map.Texts("carry"),
        };
        map.RejectUnknownKeys();
        return walk;
    }

    private static WhereEntry ReadWhere(YamlMap map)
    {
        var where = new WhereEntry(map.RequiredParsed("field", JsonPath.Parse), map.Texts("in"), map.Texts("notIn"));
        map.RejectUnknownKeys();
        return where;
    }

    private static WhenEntry ReadWhen(YamlMap map)
    {
        var when = new WhenEntry(map.RequiredParsed("field", JsonPath.Parse), map.RequiredParsed("equals", Template.Parse));
        map.RejectUnknownKeys();
        return when;
    }

    private static ItemRegion ReadRegion(YamlMap map)
    {
        var region = new ItemRegion(
            map.RequiredParsed("field", JsonPath.Parse),
            map.Required("default"),
            map.MapOrEmpty("map") is var old ? old.OwnKeys().ToDictionary(key => key, old.Required, StringComparer.Ordinal) : []);
        map.RejectUnknownKeys();
        return region;
    }

    private static InputTemplate Input(YamlMap map) =>
        map.Map("input") is { } input ? InputTemplate.From(InputReader.Members(input)) : InputTemplate.Empty;

    private static EachEntry? Each(YamlMap map)
    {
        if (map.Map("each") is not { } each)
        {
            return null;
        }

        var input = each.OwnKeys() is { Count: 1 } keys ? keys[0] : throw each.Error("'each' takes one input member and the list of its values.");
        return new EachEntry(input, each.Texts(input));
    }

    private static IReadOnlyList<ErrorMatch> Errors(YamlMap map, string key) => [.. map.Texts(key).Select(ErrorMatch.Parse)];

    private static bool? IsGlobal(YamlMap map) => map.Text("scope") switch
    {
        null => null,
        "global" => true,
        "regional" => false,
        var other => throw map.Error($"'scope' is '{other}'; it must be regional or global."),
    };

    private static Interval ParseInterval(string text) =>
        text.EndsWith("h", StringComparison.Ordinal)
        && int.TryParse(text.Substring(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours > 0
            ? new Interval(TimeSpan.FromHours(hours))
            : throw new FormatException($"'{text}' is not an interval; write hours, like 12h.");

    private sealed record Interval(TimeSpan Value);
}
