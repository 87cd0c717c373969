using System.Collections.Generic;
using System.IO;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Content;

/// <summary>Where the content of services is read from: a folder of YAML, or the pack that is built from it.</summary>
internal abstract class ContentSource
{
    public const string ServiceFile = "service.yaml";
    public const string ModelFile = "model.json";
    public const string RulesFile = "rules.yaml";
    public const string CasesFile = "cases.yaml";

    /// <summary>The folder of benchmarks, a file each.</summary>
    public const string Frameworks = "frameworks";

    /// <summary>The folder, beside those of services, of what belongs to none.</summary>
    public const string Platform = "_platform";
    public const string EscalationsFile = "escalations.yaml";
    public const string ResourcePoliciesFile = "resource-policies.yaml";

    /// <summary>The names of the services that have a file, sorted.</summary>
    public abstract IReadOnlyList<string> ServicesWith(string file);

    /// <summary>The names of a folder's YAML files, sorted; none where there is no such folder.</summary>
    public abstract IReadOnlyList<string> FilesIn(string folder);

    /// <summary>Opens a file of a folder, which is a service's or one of those above; null where there is none.</summary>
    public abstract Stream? Open(string folder, string file);

    /// <summary>The mappings of a YAML file.</summary>
    /// <exception cref="ContentException">It is no YAML.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public virtual IEnumerable<YamlMap> Maps(string folder, string file)
    {
        using var text = new StreamReader(Open(folder, file) ?? throw Missing(folder, file));
        return YamlFile.Maps(PathOf(folder, file), text);
    }

    /// <summary>What errors call a file.</summary>
    public virtual string PathOf(string folder, string file) => folder + "/" + file;

    protected FileNotFoundException Missing(string folder, string file) => new($"There is no file '{PathOf(folder, file)}'.");
}
