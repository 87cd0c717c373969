using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Content;

/// <summary>Where the content of services is read from: a folder of YAML, or the pack that is built from it.</summary>
internal abstract class ContentSource
{
    public const string ServiceFile = "service.yaml";
    public const string FindingsFile = "findings.yaml";
    public const string EventsFile = "events.yaml";
    public const string ModelFile = "model.json";
    public const string RulesFile = "rules.yaml";
    public const string CasesFile = "cases.yaml";

    /// <summary>The folder of benchmarks, a file each.</summary>
    public const string Frameworks = "frameworks";

    /// <summary>The key of a framework's mapping that holds its requirements.</summary>
    public const string Requirements = "requirements";

    /// <summary>The folder, beside those of services, of what belongs to none.</summary>
    public const string Platform = "_platform";
    public const string EscalationsFile = "escalations.yaml";
    public const string ResourcePoliciesFile = "resource-policies.yaml";
    public const string DataFile = "data.yaml";

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

    /// <summary>Of each framework its file and its mapping without the requirements, which are nearly all of it.</summary>
    /// <exception cref="ContentException">It is no YAML.</exception>
    public virtual IReadOnlyList<(string File, YamlMap Head)> FrameworkHeads() => [.. FilesIn(Frameworks).Select(file => (file, HeadOf(file)))];

    /// <summary>What errors call a file.</summary>
    public virtual string PathOf(string folder, string file) => folder + "/" + file;

    protected FileNotFoundException Missing(string folder, string file) => new($"There is no file '{PathOf(folder, file)}'.");

    // A list of names costs no more than what stands before the requirements.
    private YamlMap HeadOf(string file)
    {
        using var text = new StreamReader(Open(Frameworks, file) ?? throw Missing(Frameworks, file));
        var head = new StringBuilder();
        while (text.ReadLine() is { } line && !line.StartsWith(Requirements + ":", StringComparison.Ordinal))
        {
            head.Append(line).Append('\n');
        }

        return YamlFile.Maps(PathOf(Frameworks, file), new StringReader(head.ToString())).Single();
    }
}
