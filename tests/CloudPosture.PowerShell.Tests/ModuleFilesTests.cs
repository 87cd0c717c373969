using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CloudPosture.PowerShell.Tests;

/// <summary>The manifest, the help and the format views must tell of exactly the cmdlets that exist.</summary>
public sealed class ModuleFilesTests
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly XDocument Help = XDocument.Load(
        Path.Combine(Cmdlets.Repository, "module", "bin", "net8.0", "en-US", "CloudPosture.PowerShell.dll-Help.xml"));

    private static readonly XDocument Formats = XDocument.Load(Path.Combine(Cmdlets.Repository, "module", "CloudPosture.format.ps1xml"));

    private static readonly string Manifest = File.ReadAllText(Path.Combine(Cmdlets.Repository, "CloudPosture.psd1"));

    public static TheoryData<string> Names => Cmdlets.Names;

    [Fact]
    public void Manifest_exports_the_cmdlets_that_exist()
    {
        var list = Regex.Match(Manifest, @"CmdletsToExport\s*=\s*@\((?<names>[^)]*)\)").Groups["names"].Value;
        var exported = Regex.Matches(list, "'([^']+)'").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

        Assert.Equal(Cmdlets.All.Select(cmdlet => cmdlet.Name), exported);
    }

    [Fact]
    public void Manifest_has_the_version_of_the_assemblies()
    {
        var version = Regex.Match(Manifest, @"ModuleVersion\s*=\s*'(?<version>[^']+)'").Groups["version"].Value;

        Assert.Equal(typeof(PostureCmdlet).Assembly.GetName().Version!.ToString(3), version);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_tells_what_the_cmdlet_does_with_examples(string cmdlet)
    {
        var help = HelpOf(cmdlet);

        Assert.NotEmpty(help.Element(Command + "details")!.Element(Maml + "description")!.Value.Trim());
        Assert.NotEmpty(help.Element(Maml + "description")!.Value.Trim());
        var examples = help.Descendants(Command + "example").ToList();
        Assert.True(examples.Count >= 2);
        Assert.All(examples, example => Assert.Contains(cmdlet, example.Element(Dev + "code")!.Value, StringComparison.Ordinal));
        Assert.NotEmpty(help.Descendants(Maml + "navigationLink"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_describes_every_parameter(string cmdlet)
    {
        var described = HelpOf(cmdlet).Element(Command + "parameters")!.Elements()
            .Where(parameter => parameter.Element(Maml + "description")!.Value.Trim().Length > 0)
            .Select(parameter => parameter.Element(Maml + "name")!.Value)
            .ToList();

        Assert.All(Cmdlets.Get(cmdlet).Parameters, parameter => Assert.Contains(parameter.Name, described));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_output_type_has_a_table_and_a_list_view(string cmdlet)
    {
        var outputs = Cmdlets.Get(cmdlet).Outputs.Where(type => type.Namespace?.StartsWith("CloudPosture", StringComparison.Ordinal) == true);

        Assert.All(outputs, type =>
        {
            var views = Formats.Descendants("View").Where(view => view.Element("ViewSelectedBy")!.Elements("TypeName").Any(name => name.Value == type.FullName)).ToList();
            Assert.Contains(views, view => view.Element("TableControl") is not null);
            Assert.Contains(views, view => view.Element("ListControl") is not null);
        });
    }

    [Fact]
    public void Every_table_has_as_many_headers_as_cells()
    {
        // PowerShell loads a module with such a view not at all.
        var tables = Formats.Descendants("TableControl").ToList();

        Assert.NotEmpty(tables);
        Assert.All(tables, table => Assert.All(table.Descendants("TableColumnItems"), row => Assert.Equal(
            (table.Ancestors("View").First().Element("Name")!.Value, table.Descendants("TableColumnHeader").Count()),
            (table.Ancestors("View").First().Element("Name")!.Value, row.Elements("TableColumnItem").Count()))));
    }

    [Fact]
    public void Views_name_only_properties_that_exist()
    {
        var types = Cmdlets.Outputs.ToDictionary(type => type.FullName!);

        Assert.All(Formats.Descendants("View"), view => Assert.All(view.Element("ViewSelectedBy")!.Elements("TypeName"), name =>
        {
            var type = Assert.Contains(name.Value, (IReadOnlyDictionary<string, Type>)types);
            var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).ToList();
            var named = view.Descendants("PropertyName").Select(element => element.Value)
                .Concat(view.Descendants("ScriptBlock").SelectMany(element => Regex.Matches(element.Value, @"\$_\.(\w+)").Select(match => match.Groups[1].Value)));
            Assert.All(named, property => Assert.Contains(property, properties));
        }));
    }

    [Fact]
    public void Views_print_text_only_through_Display() => Assert.All(
        Formats.Descendants("PropertyName").Select(element => (element.Value, View: element.Ancestors("View").First())),
        pair =>
        {
            var type = Cmdlets.Outputs.First(type => type.FullName == pair.View.Descendants("TypeName").First().Value);

            // Texts, and whatever holds texts: tags, configuration.
            Assert.True(type.GetProperty(pair.Value)!.PropertyType.IsValueType, $"{type.Name}.{pair.Value} is printed as it is.");
        });

    [Fact]
    public void Windows_PowerShell_resolves_exactly_what_the_module_brings()
    {
        var resolver = File.ReadAllText(Path.Combine(Cmdlets.Repository, "src", "CloudPosture.PowerShell", "Loading", "DesktopAssemblyResolver.cs"));
        var brought = Directory.GetFiles(Path.Combine(Cmdlets.Repository, "module", "bin", "net472"), "*.dll")
            .Select(Path.GetFileNameWithoutExtension).Where(name => name != "CloudPosture.PowerShell");

        Assert.All(brought, name => Assert.Contains($"\"{name}\"", resolver, StringComparison.Ordinal));
    }

    private static XElement HelpOf(string cmdlet) =>
        Help.Descendants(Command + "command").Single(command => command.Element(Command + "details")!.Element(Command + "name")!.Value == cmdlet);
}
