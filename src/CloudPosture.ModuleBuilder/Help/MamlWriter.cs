using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>Writes the help file that Get-Help reads: the pages' words with the cmdlets' own facts.</summary>
public static class MamlWriter
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly ParameterUse NamedUse = new(CmdletShape.AllSets, Mandatory: false, Position: null, FromPipeline: false, FromPipelineByName: false);

    public static XDocument Write(IEnumerable<(CmdletShape Shape, HelpPage Page)> cmdlets) => new(
        new XElement(Msh + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            cmdlets.Select(cmdlet => WriteCommand(cmdlet.Shape, cmdlet.Page))));

    /// <summary>Links a command to its page, before all else: the first address there is is what <c>Get-Help -Online</c> opens.</summary>
    /// <param name="command">The command's element.</param>
    /// <param name="pageOf">The page of a cmdlet.</param>
    public static void LinkFirst(XElement command, Func<string, Uri> pageOf) => command.Element(Command + "relatedLinks")!
        .AddFirst(WriteLink(new HelpLink("Online version", pageOf(command.Element(Command + "details")!.Element(Command + "name")!.Value).AbsoluteUri)));

    private static XElement WriteCommand(CmdletShape shape, HelpPage page) => new(Command + "command",
        new XElement(Command + "details",
            new XElement(Command + "name", shape.Name),
            new XElement(Command + "verb", shape.Verb),
            new XElement(Command + "noun", shape.Noun),
            Text(Maml + "description", [page.Synopsis])),
        Text(Maml + "description", page.Description),
        new XElement(Command + "syntax", shape.ParameterSets.Select(set => new XElement(Command + "syntaxItem",
            new XElement(Maml + "name", shape.Name),
            shape.ParametersOf(set).Select(parameter => WriteParameter(parameter.Parameter, parameter.Use, page.Parameters[parameter.Parameter.Name])),
            shape.SupportsShouldProcess ? ShouldProcessParameters() : null))),
        new XElement(Command + "parameters",
            shape.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
                .Select(parameter => WriteParameter(parameter, parameter.Uses[0], page.Parameters[parameter.Name])),
            shape.SupportsShouldProcess ? ShouldProcessParameters() : null),
        new XElement(Command + "inputTypes", InputTypes(shape).Select(type => new XElement(Command + "inputType", TypeName(type)))),
        new XElement(Command + "returnValues", shape.Outputs.Select(type => new XElement(Command + "returnValue", TypeName(type.FullName!)))),
        new XElement(Maml + "alertSet", Text(Maml + "alert", page.Notes)),
        new XElement(Command + "examples", page.Examples.Select(WriteExample)),
        new XElement(Command + "relatedLinks", page.Links.Select(WriteLink)));

    private static XElement WriteLink(HelpLink link) => new(Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address));

    private static XElement WriteExample(HelpExample example, int index) => new(Command + "example",
        new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"Example {index + 1}: {example.Title}")),
        new XElement(Dev + "code", example.Code),
        Text(Dev + "remarks", example.Remarks));

    /// <summary>What PowerShell gives to cmdlets that change something.</summary>
    private static IEnumerable<XElement> ShouldProcessParameters() =>
    [
        WriteParameter(Switch("WhatIf", "wi"), NamedUse, ["Says what would be done, and does nothing."]),
        WriteParameter(Switch("Confirm", "cf"), NamedUse, ["Asks before each change."]),
    ];

    private static CmdletParameter Switch(string name, string alias) => new(name, typeof(SwitchParameter), [NamedUse], [alias], SupportsWildcards: false);

    private static XElement WriteParameter(CmdletParameter parameter, ParameterUse use, IReadOnlyList<string> description)
    {
        var type = Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type;
        var isSwitch = type == typeof(SwitchParameter);
        var element = type.IsArray ? type.GetElementType()! : type;
        return new XElement(Command + "parameter",
            new XAttribute("required", use.Mandatory),
            new XAttribute("variableLength", type.IsArray),
            new XAttribute("globbing", parameter.SupportsWildcards),
            new XAttribute("pipelineInput", PipelineInput(use)),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
            new XElement(Maml + "name", parameter.Name),
            Text(Maml + "description", description),
            element.IsEnum
                ? new XElement(Command + "parameterValueGroup", Enum.GetNames(element).Select(value =>
                    new XElement(Command + "parameterValue", new XAttribute("required", false), value)))
                : null,
            isSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", true), type.Name),
            new XElement(Dev + "type", new XElement(Maml + "name", type.Name), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", isSwitch ? "False" : "None"));
    }

    private static string PipelineInput(ParameterUse use) =>
        (use.FromPipeline, use.FromPipelineByName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static IEnumerable<string> InputTypes(CmdletShape shape) =>
        shape.Parameters.Where(parameter => parameter.Uses.Any(use => use.FromPipeline))
            .Select(parameter => parameter.Type.Name).DefaultIfEmpty("None");

    private static XElement TypeName(string name) => new(Dev + "type", new XElement(Maml + "name", name));

    private static XElement Text(XName name, IEnumerable<string> paragraphs) =>
        new(name, paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph)));
}
