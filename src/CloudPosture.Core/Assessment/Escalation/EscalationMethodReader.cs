using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Reads <c>escalations.yaml</c>.</summary>
internal static class EscalationMethodReader
{
    private static readonly (string Name, EscalationObject Value)[] Objects =
    [
        ("self", EscalationObject.Self), ("role", EscalationObject.Role), ("user", EscalationObject.User), ("group", EscalationObject.Group), ("policy", EscalationObject.Policy),
        ("helper", EscalationObject.Helper), ("thing", EscalationObject.Thing), ("any", EscalationObject.Any), ("none", EscalationObject.None),
    ];

    private static readonly (string Name, EscalationNeed Value)[] AllNeeds =
    [
        ("freeKey", EscalationNeed.FreeKey), ("password", EscalationNeed.Password), ("noPassword", EscalationNeed.NoPassword), ("instanceProfile", EscalationNeed.InstanceProfile),
        ("boundary", EscalationNeed.Boundary), ("managedInstance", EscalationNeed.ManagedInstance), ("managementAccount", EscalationNeed.ManagementAccount),
        ("isUser", EscalationNeed.IsUser), ("isRole", EscalationNeed.IsRole),
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="text">What it holds.</param>
    /// <exception cref="ContentException">It is invalid, or names a method twice.</exception>
    public static IReadOnlyList<EscalationMethod> Read(string file, TextReader text) => Read(YamlFile.Maps(file, text));

    /// <exception cref="ContentException">A method is invalid, or is there twice.</exception>
    public static IReadOnlyList<EscalationMethod> Read(IEnumerable<YamlMap> maps)
    {
        var methods = new List<EscalationMethod>();
        foreach (var map in maps)
        {
            var method = Method(map, methods.Count);
            if (methods.Exists(other => other.Id == method.Id))
            {
                throw map.Error($"there is a method '{method.Id}' already.");
            }

            methods.Add(method);
        }

        return methods;
    }

    private static EscalationMethod Method(YamlMap plain, int number)
    {
        var id = plain.Required("id");
        var map = plain.About($"method {id}");
        map.Required("id");
        map.RequiredNode("class");
        map.RequiredNode("gains");
        map.RequiredNode("actions");
        var gain = map.Choice("gains", EscalationGain.Role,
            ("role", EscalationGain.Role), ("user", EscalationGain.User), ("everything", EscalationGain.Everything), ("group", EscalationGain.Group), ("unbounded", EscalationGain.Unbounded), ("version", EscalationGain.Version));
        var holder = map.Choice("for", gain == EscalationGain.User ? EscalationHolder.User : EscalationHolder.Role,
            ("self", EscalationHolder.Self), ("role", EscalationHolder.Role), ("user", EscalationHolder.User), ("account", EscalationHolder.Account));
        if (gain is not (EscalationGain.Role or EscalationGain.User) && !map.Has("for"))
        {
            throw map.Error("'for' must say whose rights are enlarged: self, role, user or account.");
        }

        var through = Through(map);
        var method = new EscalationMethod
        {
            Number = number,
            Id = id,
            Title = map.Required("title"),
            Class = map.Choice("class", EscalationClass.Existing,
                ("existing", EscalationClass.Existing), ("new", EscalationClass.New), ("become", EscalationClass.Become), ("self", EscalationClass.Self)),
            Actions = [.. map.Maps("actions").SelectMany(Actions)],
            Gain = gain,
            Holder = holder,
            Through = through,
            Also = map.Texts("also"),
            Needs = [.. map.Texts("needs").Select(need => Named(map, "needs", need, AllNeeds))],
            Asks = map.Text("asks"),
        };
        map.RejectUnknownKeys();
        if (method.Actions.Count == 0)
        {
            throw map.Error("it needs no action: name at least one under 'actions'.");
        }

        return through is null && method.Actions.Any(action => action.On == EscalationObject.Thing)
            ? throw map.Error("an action is on a 'thing': say under 'through' what that is.")
            : method;
    }

    private static EscalationThing? Through(YamlMap method)
    {
        if (method.Map("through") is not { } map)
        {
            return null;
        }

        var thing = new EscalationThing(
            map.Text("type"),
            [.. map.Texts("role").Select(path => Path(map, path))],
            map.Text("trusts"),
            map.Text("arn") is { } arn ? Pattern(arn) : null);
        map.RejectUnknownKeys();
        return thing.Type is null != (thing.Roles.Count == 0) ? throw map.Error("'type' and 'role' belong together.") : thing;
    }

    private static JsonPath Path(YamlMap map, string path)
    {
        try
        {
            return JsonPath.Parse(path);
        }
        catch (FormatException problem)
        {
            throw map.Error(problem.Message);
        }
    }

    // An action on several things is needed on each of them.
    private static List<EscalationAction> Actions(YamlMap map)
    {
        var name = map.Required("action");
        map.RequiredNode("on");
        if (name.IndexOf(':') <= 0)
        {
            throw map.Error($"'{name}' is no action. One looks like iam:PassRole.");
        }

        var with = map.MapOrEmpty("with");
        var template = new EscalationAction(name, EscalationObject.None, null)
        {
            To = map.Texts("to"),
            With = [.. with.OwnKeys().Select(key => new KeyValuePair<string, string>(key, with.Required(key)))],
        };
        var actions = map.Texts("on").Select(on => on.IndexOf(':') > 0
            ? template with { On = EscalationObject.Pattern, Pattern = Pattern(on) }
            : template with { On = Named(map, "on", on, Objects) }).ToList();
        map.RejectUnknownKeys();
        return actions;
    }

    private static string Pattern(string text) =>
        text.StartsWith("arn:", StringComparison.Ordinal) ? text
        : $"arn:{{partition}}:{text.Substring(0, text.IndexOf(':'))}:{{region}}:{{account}}:{text.Substring(text.IndexOf(':') + 1)}";

    private static T Named<T>(YamlMap map, string key, string name, (string Name, T Value)[] choices)
    {
        foreach (var choice in choices)
        {
            if (choice.Name == name)
            {
                return choice.Value;
            }
        }

        throw map.Error($"'{key}' is '{name}'; it must be one of: {string.Join(", ", choices.Select(choice => choice.Name))}{(key == "on" ? ", or a pattern such as lambda:function:*" : "")}.");
    }
}
