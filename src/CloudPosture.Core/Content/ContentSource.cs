using System.Collections.Generic;
using System.IO;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Content;

/// <summary>Where the content of services is read from: a folder of YAML, or the pack that is built from it.</summary>
internal abstract class ContentSource
{
    public const string ServiceFile = "service.yaml";
    public const string FindingsFile = "findings.yaml";
    public const string ModelFile = "model.json";
    public const string RulesFile = "rules.yaml";
    public const string CasesFile = "cases.yaml";

    /// <summary>The names of the services that have a file, sorted.</summary>
    public abstract IReadOnlyList<string> ServicesWith(string file);

    /// <summary>Opens a file of a service; null where it has none.</summary>
    public abstract Stream? Open(string service, string file);

    /// <summary>The mappings of a YAML file of a service.</summary>
    /// <exception cref="ContentException">It is no YAML.</exception>
    public virtual IEnumerable<YamlMap> Maps(string service, string file)
    {
        using var text = new StreamReader(Open(service, file) ?? throw new FileNotFoundException($"There is no file '{PathOf(service, file)}'."));
        return YamlFile.Maps(PathOf(service, file), text);
    }

    /// <summary>What errors call a file of a service.</summary>
    public virtual string PathOf(string service, string file) => service + "/" + file;
}
