using System.IO;

namespace CloudPosture.Tests.Aws;

/// <summary>A test that needs AWS's published models; it says so where npm has not installed them.</summary>
public sealed class InstalledModelsFactAttribute : FactAttribute
{
    public InstalledModelsFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Generator, "node_modules", "aws-sdk")))
        {
            Skip = "AWS's published models are not installed (npm ci in src/CloudPosture.ModelGenerator): the committed ones are not checked against them.";
        }
    }

    public static string Generator { get; } = Path.Combine(RepositoryRoot.Path, "src", "CloudPosture.ModelGenerator");
}
