using System;
using System.Collections.Generic;
using System.IO;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Paths;

/// <summary>The tables that paths are found by. Rules ask for them before any content is at hand, so these are the ones that ship.</summary>
internal static class PathContent
{
    private static readonly Lazy<IReadOnlyList<EscalationMethod>> Methods = new(() => Read("escalations.yaml", EscalationMethodReader.Read));
    private static readonly Lazy<IReadOnlyList<ResourcePolicyField>> Fields = new(() => Read("resource-policies.yaml", ResourcePolicyField.ReadAll));

    /// <summary>The ways to more rights.</summary>
    public static IReadOnlyList<EscalationMethod> Escalations => Methods.Value;

    /// <summary>Where the policies of resources stand.</summary>
    public static IReadOnlyList<ResourcePolicyField> Policies => Fields.Value;

    private static IReadOnlyList<T> Read<T>(string name, Func<IEnumerable<YamlMap>, IReadOnlyList<T>> read)
    {
        using var text = new StreamReader(typeof(PathContent).Assembly.GetManifestResourceStream(name)!);
        return read(YamlFile.Maps("_platform/" + name, text));
    }
}
