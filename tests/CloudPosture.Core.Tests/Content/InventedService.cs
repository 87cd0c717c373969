using System;
using System.IO;
using CloudPosture.Content;
using CloudPosture.Content.Pack;

namespace CloudPosture.Tests.Content;

/// <summary>
/// A copy of the content with two services that no code has heard of, one of each kind of protocol, and a framework of theirs. Of the
/// others only what each harvest asks is copied, and none of their rules, so that it takes no time.
/// </summary>
internal sealed class InventedService : IDisposable
{
    public static readonly string[] Services = ["gadgets", "widgets"];
    private static readonly string[] Copied = ["ec2", "iam", "organizations", "sts", "_platform"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("invented-");

    public InventedService()
    {
        foreach (var name in Copied)
        {
            Copy(Path.Combine(RepositoryRoot.Path, "module", "aws", name), name, file => file is not (ContentSource.RulesFile or ContentSource.CasesFile));
        }

        var own = Path.Combine(RepositoryRoot.Path, "tests", "CloudPosture.Core.Tests", "Content", "Invented");
        foreach (var name in Services)
        {
            Copy(Path.Combine(own, name), name, _ => true);
        }

        Directory.CreateDirectory(Path.Combine(Module, ContentSource.Frameworks));
        File.Copy(Path.Combine(own, "framework.yaml"), Path.Combine(Module, ContentSource.Frameworks, "contoso-workshop.yaml"));
        var installed = Directory.CreateDirectory(Path.Combine(Repository, "installed")).FullName;
        PackWriter.Write(new FolderContent(Module), Path.Combine(installed, ContentSet.PackFile));
        (Folders, Pack) = (ContentSet.Of(Module), ContentSet.Of(installed));
    }

    public string Repository => _folder.FullName;

    /// <summary>What the sandbox serves: the cases stand in the folders alone.</summary>
    public ContentSet Folders { get; }

    /// <summary>What a package brings.</summary>
    public ContentSet Pack { get; }

    private string Module => Path.Combine(Repository, "module");

    /// <summary>Writes a text in place of another in the files of a service that hold it.</summary>
    public void Change(string service, string right, string wrong) => ChangeFiles(Path.Combine(Module, "aws", service), right, wrong);

    /// <summary>The same in the framework.</summary>
    public void ChangeFramework(string right, string wrong) => ChangeFiles(Path.Combine(Module, ContentSource.Frameworks), right, wrong);

    public void Dispose() => _folder.Delete(recursive: true);

    private static void ChangeFiles(string folder, string right, string wrong)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace(right, wrong, StringComparison.Ordinal));
        }
    }

    private void Copy(string from, string name, Func<string, bool> isWanted)
    {
        var to = Directory.CreateDirectory(Path.Combine(Module, "aws", name)).FullName;
        foreach (var file in Directory.EnumerateFiles(from))
        {
            if (isWanted(Path.GetFileName(file)))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            }
        }
    }
}
