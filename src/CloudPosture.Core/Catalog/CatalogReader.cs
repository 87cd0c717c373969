using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Catalog;

/// <summary>Reads a service's YAML file.</summary>
internal static class CatalogReader
{
    /// <exception cref="CatalogException">The file is invalid.</exception>
    public static ServiceEntry Read(string file, TextReader text)
    {
        var yaml = new YamlStream();
        var parser = new Parser(text);
        try
        {
            yaml.Load(parser);
        }
        catch (Exception problem) when (problem is YamlException or InvalidOperationException)
        {
            var line = (problem as YamlException)?.Start.Line ?? parser.Current?.End.Line ?? 1;
            throw new CatalogException(file, line, $"this is not valid YAML: {problem.Message}", problem);
        }

        return yaml.Documents.Count == 1
            ? ReadService(new YamlMap(file, yaml.Documents[0].RootNode))
            : throw new CatalogException(file, 1, "a file holds exactly one service.");
    }

    private static ServiceEntry ReadService(YamlMap map)
    {
        var name = map.Required("service");
        var isGlobal = IsGlobal(map) ?? throw map.Error("the key 'scope' is missing.");
        var service = new ServiceEntry
        {
            Name = name,
            Title = map.Required("title"),
            Model = ReadPublishedModel(map) ?? name,
            IamPrefix = map.Text("iamPrefix") ?? name,
            IsGlobal = isGlobal,
            Interval = map.RequiredParsed("interval", ParseInterval).Value,
            Rates = [.. map.Maps("rates").Select(ReadRate)],
            Resources = [.. map.Maps("resources").Select(resource => ReadResource(resource, isGlobal))],
        };
        map.RejectUnknownKeys();

        if (service.Rates.Count == 0 || !service.Rates[service.Rates.Count - 1].Operations.Contains("*"))
        {
            throw map.Error("the last of 'rates' must be the one for all other operations: {operations: [\"*\"], bucket: …, refill: …}.");
        }

        return service.Resources.Count > 0 ? service : throw map.Error("'resources' must hold at least one resource type.");
    }

    /// <summary>The facts about the published model; but for its name they concern the model generator alone.</summary>
    private static string? ReadPublishedModel(YamlMap map)
    {
        if (map.Map("api") is not { } api)
        {
            return null;
        }

        var model = api.Text("model");
        api.Text("package");
        api.Texts("policyDocuments");
        api.Texts("unsigned");
        api.Map("paginators");
        api.RejectUnknownKeys();
        return model;
    }

    private static RateEntry ReadRate(YamlMap map)
    {
        var rate = new RateEntry(map.Texts("operations"), map.Number("bucket"), map.Number("refill"), map.Flag("perOperation"));
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
            List = map.Map("list") is { } list ? ReadList(list) : null,
            Calls = [.. map.Maps("calls").Select(call => ReadCall(call, gone))],
            Name = map.Parsed("name", Template.ParsePathOrTemplate),
            Tags = map.Parsed("tags", JsonPath.Parse),
            Omit = map.Texts("omit"),
            DecodeFields = map.Texts("decodeFields"),
            Region = map.Map("region") is { } region ? ReadRegion(region) : null,
        };
        map.RejectUnknownKeys();
        return resource.List is not null || resource.Calls.Count > 0
            ? resource
            : throw map.Error("a resource needs a 'list', or 'calls' that make its one record.");
    }

    private static ListEntry ReadList(YamlMap map)
    {
        var list = new ListEntry
        {
            Operation = map.Required("operation"),
            Action = map.Text("action"),
            Input = Input(map),
            Each = Each(map),
            Absent = Errors(map, "absent"),
            Items = map.RequiredParsed("items", JsonPath.Parse),
            ItemField = map.Text("itemField"),
            Single = map.Flag("single"),
            Walk = map.Map("walk") is { } walk ? ReadWalk(walk) : null,
            Prepare = map.Text("prepare") is { } prepare ? new OperationEntry { Operation = prepare } : null,
            IsCredentialReport = map.Text("decode") switch
            {
                null => false,
                "credentialReport" => true,
                var other => throw map.Error($"'decode: {other}' is not known for a list; known is: credentialReport."),
            },
        };
        map.RejectUnknownKeys();
        return list;
    }

    private static CallEntry ReadCall(YamlMap map, IReadOnlyList<ErrorMatch> gone)
    {
        var call = new CallEntry
        {
            Operation = map.Required("operation"),
            Action = map.Text("action"),
            Input = Input(map),
            Absent = Errors(map, "absent"),
            Select = map.Parsed("select", JsonPath.Parse) ?? JsonPath.Root,
            Field = map.Required("field"),
            Gone = [.. Errors(map, "gone"), .. gone],
            When = map.Map("when") is { } when ? ReadWhen(when) : null,
            First = map.Flag("first"),
            DecodeFields = map.Texts("decodeFields"),
            Omit = map.Texts("omit"),
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

    private static WalkEntry ReadWalk(YamlMap map)
    {
        var walk = new WalkEntry(map.Texts("from"), map.Required("input"), map.Flag("recurse"));
        map.RejectUnknownKeys();
        return walk;
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
            map.Map("map")?.Values().ToDictionary(pair => pair.Key, pair => ((Template)pair.Value).Render(null!)!, StringComparer.Ordinal)
                ?? new Dictionary<string, string>());
        map.RejectUnknownKeys();
        return region;
    }

    private static InputTemplate Input(YamlMap map) =>
        map.Map("input") is { } input ? InputTemplate.From(input.Values()) : InputTemplate.Empty;

    private static EachEntry? Each(YamlMap map)
    {
        if (map.Map("each") is not { } each)
        {
            return null;
        }

        var input = each.Keys.Count == 1 ? each.Keys[0] : throw each.Error("'each' takes one input member and the list of its values.");
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
