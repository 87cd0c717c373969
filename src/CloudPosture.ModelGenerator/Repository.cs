using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.ModelGenerator;

/// <summary>Where the sources that the generator reads and writes are.</summary>
/// <param name="Root">The folder of CloudPosture.sln.</param>
public sealed record Repository(string Root)
{
    public string Generator => Path.Combine(Root, "src", "CloudPosture.ModelGenerator");

    /// <summary>The content: a folder a service.</summary>
    public string Services => Path.Combine(Root, "module", "aws");

    /// <summary>The names of all services, sorted: the folders but those of the platform (<c>_platform</c>).</summary>
    public IReadOnlyList<string> ServiceNames { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "module", "aws"))
            .Select(Path.GetFileName).OfType<string>()
            .Where(name => name[0] != '_')
            .Order(StringComparer.Ordinal)];

    public string Service(string name) => Path.Combine(Services, name, "service.yaml");

    public string Findings(string name) => Path.Combine(Services, name, "findings.yaml");

    public string Events(string name) => Path.Combine(Services, name, "events.yaml");

    public string Model(string name) => Path.Combine(Services, name, "model.json");

    public string Operations => Path.Combine(Services, "_platform", "operations.yaml");

    public string IamActions => Path.Combine(Root, "src", "CloudPosture.Core", "Onboarding", "Data", "iam-actions.txt");

    public string IamResources => Path.Combine(Root, "src", "CloudPosture.Core", "Onboarding", "Data", "iam-resources.txt");

    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CloudPosture.sln")))
            {
                return new Repository(folder.FullName);
            }
        }

        throw new GeneratorException("CloudPosture.sln is in no parent folder of this program: run it from a clone of the repository with 'dotnet run'.");
    }
}
