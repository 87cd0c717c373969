using System;
using System.IO;

namespace CloudPosture.ModelGenerator;

/// <summary>Where the sources that the generator reads and writes are.</summary>
/// <param name="Root">The folder of CloudPosture.sln.</param>
public sealed record Repository(string Root)
{
    public string Generator => Path.Combine(Root, "src", "CloudPosture.ModelGenerator");

    public string Catalog => Path.Combine(Root, "src", "CloudPosture.Core", "Catalog", "Services");

    public string Models => Path.Combine(Root, "src", "CloudPosture.Core", "Aws", "Models");

    public string IamActions => Path.Combine(Root, "src", "CloudPosture.Core", "Onboarding", "Data", "iam-actions.txt");

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
