using System.IO;
using System.Linq;
using CloudPosture.ModuleBuilder.Checks;

namespace CloudPosture.Tests.Rules;

/// <summary>The content that ships, as the module builder checks it: every file, every name in it, every case of every rule.</summary>
public sealed class ContentTests
{
    public static TheoryData<string> Services =>
        [.. Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "module", "aws")).Select(folder => Path.GetFileName(folder)).Where(name => name[0] != '_')];

    [Theory]
    [MemberData(nameof(Services))]
    public void NothingIsWrongWithAService(string service) => Assert.Equal([], ContentCheck.Problems(RepositoryRoot.Path, service).Select(problem => problem.ToString()));
}
