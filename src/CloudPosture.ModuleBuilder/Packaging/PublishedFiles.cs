using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CloudPosture.ModuleBuilder.Help;
using CloudPosture.Quoting;

namespace CloudPosture.ModuleBuilder.Packaging;

/// <summary>
/// What a package says of the address that it is published at: the manifest names it, and the help of each cmdlet links to its
/// page in module/help there, which <c>Get-Help -Online</c> opens.
/// </summary>
/// <param name="project">The address under which the files of the repository are read.</param>
public sealed partial class PublishedFiles(Uri project)
{
    /// <summary>Reads the project's address.</summary>
    /// <exception cref="ArgumentException">It is none that a browser could open and a page be under.</exception>
    public static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : throw new ArgumentException($"'{address}' is no address of a project. Give the one under which the repository's files are read, as https://example.com/team/cloudposture/tree/main.");

    /// <summary>The page of a cmdlet.</summary>
    public Uri PageOf(string cmdlet) => new($"{project.AbsoluteUri.TrimEnd('/')}/module/help/{cmdlet}.md");

    /// <summary>Puts files that name the address in the place of those that do not.</summary>
    /// <param name="files">The package's files, by their names in it.</param>
    /// <param name="drafts">A folder for the new ones.</param>
    public void Replace(IDictionary<string, string> files, string drafts)
    {
        foreach (var (name, path) in files.ToList())
        {
            if (name == "CloudPosture.psd1")
            {
                files[name] = Draft(name, WithProject(File.ReadAllText(path)));
            }
            else if (name.EndsWith(HelpBuilder.FileName, StringComparison.Ordinal))
            {
                files[name] = Draft(name, WithPages(XDocument.Load(path)));
            }
        }

        string Draft(string name, string text)
        {
            var draft = Path.Combine(drafts, name);
            Directory.CreateDirectory(Path.GetDirectoryName(draft)!);
            File.WriteAllText(draft, text);
            return draft;
        }
    }

    private string WithProject(string manifest)
    {
        var data = PrivateData().Match(manifest);
        return data.Success
            ? manifest.Insert(data.Index + data.Length, $"{data.Groups["indent"].Value}    ProjectUri = {PowerShellLiteral.Quoted(project.AbsoluteUri)}\n")
            : throw new InvalidDataException("CloudPosture.psd1 has no line 'PSData = @{', under which the project's address belongs.");
    }

    private string WithPages(XDocument help)
    {
        foreach (var command in help.Root!.Elements())
        {
            MamlWriter.LinkFirst(command, PageOf);
        }

        return $"{help.Declaration}{help}";
    }

    [GeneratedRegex(@"^(?<indent> *)PSData = @\{\r?\n", RegexOptions.Multiline)]
    private static partial Regex PrivateData();
}
