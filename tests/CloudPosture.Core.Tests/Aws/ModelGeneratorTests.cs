using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Aws;

public sealed class ModelGeneratorTests
{
    [InstalledModelsFact]
    public async Task The_committed_models_are_what_the_generator_writes()
    {
        var project = Path.Combine(InstalledModelsFactAttribute.Generator, "CloudPosture.ModelGenerator.csproj");
        using var process = ChildProcess.Start(new ProcessStartInfo("dotnet", ["run", "--project", project, "--", "--check"]) { RedirectStandardOutput = true })!;

        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
    }
}
