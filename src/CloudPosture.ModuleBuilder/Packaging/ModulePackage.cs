using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security;
using System.Text;
using CloudPosture.Content;
using CloudPosture.Content.Pack;
using CloudPosture.PowerShell;

namespace CloudPosture.ModuleBuilder.Packaging;

/// <summary>
/// Lays the built module out as PowerShell installs it (<c>CloudPosture/&lt;version&gt;/</c>) and packs it for the PowerShell
/// Gallery. The same build gives the same bytes: files are sorted and carry one fixed time.
/// </summary>
public static class ModulePackage
{
    private const string Name = "CloudPosture";
    private const string Description =
        "Connects AWS accounts for read-only assessment, harvests their configuration politely, and tells what is wrong, as objects in the pipeline.";

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Parts = ["en-US", "module/bin", "module/aws", "module/frameworks", "module/schemas", "module/deploy"];
    private static readonly string[] Files = ["CloudPosture.psd1", "module/CloudPosture.psm1", "module/CloudPosture.format.ps1xml", "README.md", "LICENSE"];

    /// <summary>Writes the package.</summary>
    /// <param name="repository">The repository, built.</param>
    /// <param name="folder">Where it is written.</param>
    /// <param name="project">The address that the project is published at; null where it has none.</param>
    public static int Write(string repository, string folder, Uri? project = null)
    {
        var version = typeof(PostureCmdlet).Assembly.GetName().Version!.ToString(3);
        var files = Collect(repository);
        Directory.CreateDirectory(folder);
        var content = Path.Combine(folder, ContentSet.PackFile);
        var drafts = Path.Combine(folder, $"drafts.{Environment.ProcessId}");
        try
        {
            if (project is not null)
            {
                Directory.CreateDirectory(drafts);
                new PublishedFiles(project).Replace(files, drafts);
            }

            // Read at a fraction of the cost of YAML.
            PackWriter.Write(new FolderContent(Path.Combine(repository, "module")), content);
            files["module/" + ContentSet.PackFile] = content;
            CopyTo(Path.Combine(folder, Name, version), files);
            var package = Path.Combine(folder, $"{Name}.{version}.nupkg");
            Pack(package, version, project, files);
            Console.WriteLine(package);
            return 0;
        }
        finally
        {
            File.Delete(content);
            if (project is not null)
            {
                Directory.Delete(drafts, recursive: true);
            }
        }
    }

    /// <summary>Packs the repository's own content, so that what runs from a clone starts as quickly; what is changed afterwards is read from its file.</summary>
    public static int WriteContent(string repository)
    {
        var module = Path.Combine(repository, "module");
        var pack = Path.Combine(module, ContentSet.PackFile);
        var draft = $"{pack}.{Environment.ProcessId}";
        PackWriter.Write(new FolderContent(module), draft, isStamped: true);
        File.Move(draft, pack, overwrite: true);
        return 0;
    }

    private static SortedDictionary<string, string> Collect(string repository)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Files.Where(file => File.Exists(Path.Combine(repository, file))))
        {
            files[file] = Path.Combine(repository, file);
        }

        foreach (var path in Parts.Select(part => Path.Combine(repository, part)).Where(Directory.Exists)
            .SelectMany(part => Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories)).Where(path => !path.EndsWith(".pdb", StringComparison.Ordinal)))
        {
            files[Path.GetRelativePath(repository, path).Replace('\\', '/')] = path;
        }

        return files;
    }

    private static void CopyTo(string target, SortedDictionary<string, string> files)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        foreach (var (name, path) in files)
        {
            var copy = Path.Combine(target, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    private static void Pack(string package, string version, Uri? project, SortedDictionary<string, string> files)
    {
        using var stream = File.Create(package);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        AddText(zip, $"{Name}.nuspec", Nuspec(version, project));
        AddText(zip, "[Content_Types].xml", ContentTypes(files.Keys));
        AddText(zip, "_rels/.rels",
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
              <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{Name}.nuspec" Id="R1" />
            </Relationships>
            """);
        foreach (var (name, path) in files)
        {
            using var entry = Open(zip, name);
            using var source = File.OpenRead(path);
            source.CopyTo(entry);
        }
    }

    private static string Nuspec(string version, Uri? project) =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
          <metadata>
            <id>{Name}</id>
            <version>{version}</version>
            <authors>CloudPosture contributors</authors>{(project is null ? "" : $"\n    <projectUrl>{SecurityElement.Escape(project.AbsoluteUri)}</projectUrl>")}
            <description>{SecurityElement.Escape(Description)}</description>
            <tags>PSModule PSEdition_Desktop PSEdition_Core AWS Security CSPM Compliance CIS</tags>
          </metadata>
        </package>
        """;

    private static string ContentTypes(IEnumerable<string> names)
    {
        var types = new StringBuilder(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
              <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
              <Default Extension="nuspec" ContentType="application/octet" />

            """);
        foreach (var extension in names.Select(Path.GetExtension)
            .Where(extension => extension is { Length: > 1 }).Distinct()
            .Order(StringComparer.Ordinal))
        {
            types.Append("  <Default Extension=\"").Append(extension![1..]).Append("\" ContentType=\"application/octet\" />\n");
        }

        foreach (var name in names.Where(name => Path.GetExtension(name).Length == 0))
        {
            types.Append("  <Override PartName=\"/").Append(name).Append("\" ContentType=\"application/octet\" />\n");
        }

        return types.Append("</Types>\n").ToString();
    }

    private static void AddText(ZipArchive zip, string name, string text)
    {
        using var entry = Open(zip, name);
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static Stream Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Epoch;
        return entry.Open();
    }
}
