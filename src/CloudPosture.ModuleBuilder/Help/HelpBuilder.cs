using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.PowerShell;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>
/// Builds what Get-Help reads from the pages in module/help. PowerShell looks beside the assembly after a first import and at
/// the module's top after a second. A cmdlet or parameter without words fails the build.
/// </summary>
public static class HelpBuilder
{
    /// <summary>The file that Get-Help reads.</summary>
    public const string FileName = "CloudPosture.PowerShell.dll-Help.xml";

    private const string SharedParameters = "shared-parameters.md";

    private static readonly string[] Folders = ["module/bin/net8.0/en-US", "module/bin/net472/en-US", "en-US"];

    public static int Build(string repository)
    {
        var source = Path.Combine(repository, "module", "help");
        var shared = HelpPageReader.ReadShared(Path.Combine(source, SharedParameters));
        var mistakes = new List<string>();
        var cmdlets = CmdletShape.In(typeof(PostureCmdlet).Assembly)
            .Select(shape => (shape, page: ReadPage(shape, source, shared, mistakes)))
            .ToList();
        if (mistakes.Count > 0)
        {
            mistakes.ForEach(mistake => Console.Error.WriteLine($"error : {mistake}"));
            return 1;
        }

        var maml = MamlWriter.Write(cmdlets.Select(cmdlet => (cmdlet.shape, cmdlet.page!)));
        foreach (var target in Folders.Select(folder => Path.Combine(repository, folder)))
        {
            Directory.CreateDirectory(target);
            maml.Save(Path.Combine(target, FileName));
            WriteTopics(source, target);
        }

        return 0;
    }

    private static void WriteTopics(string source, string target)
    {
        foreach (var path in Directory.EnumerateFiles(source, "about_*.md"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            File.WriteAllText(Path.Combine(target, name + ".help.txt"), AboutTopic.FromMarkdown(name, File.ReadAllLines(path)));
        }
    }

    private static HelpPage? ReadPage(
        CmdletShape shape, string source, IReadOnlyDictionary<string, IReadOnlyList<string>> shared, List<string> mistakes)
    {
        var path = Path.Combine(source, shape.Name + ".md");
        if (!File.Exists(path))
        {
            mistakes.Add($"{shape.Name} has no help: write {path}");
            return null;
        }

        var page = HelpPageReader.Read(path);
        var names = shape.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        mistakes.AddRange(page.Parameters.Keys.Where(name => !names.Contains(name))
            .Select(name => $"{path} describes -{name}, which {shape.Name} does not have"));
        mistakes.AddRange(names.Where(name => !page.Parameters.ContainsKey(name) && !shared.ContainsKey(name))
            .Select(name => $"{path} does not describe -{name}"));
        if (page.Examples.Count < 2)
        {
            mistakes.Add($"{path} needs at least two examples");
        }

        return page with
        {
            Parameters = names.ToDictionary(
                name => name,
                name => page.Parameters.GetValueOrDefault(name) ?? shared.GetValueOrDefault(name) ?? [],
                StringComparer.OrdinalIgnoreCase),
        };
    }
}
