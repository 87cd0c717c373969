using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>
/// What a compiled cmdlet says about itself. Read from metadata: the reference assembly that stands for PowerShell here
/// has attributes whose properties answer nothing.
/// </summary>
public sealed class CmdletShape
{
    public const string AllSets = "__AllParameterSets";

    private CmdletShape(Type type, CustomAttributeData cmdlet)
    {
        Type = type;
        Verb = (string)cmdlet.ConstructorArguments[0].Value!;
        Noun = (string)cmdlet.ConstructorArguments[1].Value!;
        SupportsShouldProcess = cmdlet.Named("SupportsShouldProcess", false);
        DefaultParameterSet = cmdlet.Named<string?>("DefaultParameterSetName", null);
        Parameters = [.. type.GetProperties().Select(CmdletParameter.TryRead).OfType<CmdletParameter>()];
        Outputs =
        [
            .. type.Attributes<OutputTypeAttribute>()
                .SelectMany(output => (IEnumerable<CustomAttributeTypedArgument>)output.ConstructorArguments[0].Value!)
                .Select(output => (Type)output.Value!)
                .Distinct(),
        ];
    }

    public Type Type { get; }

    public string Name => $"{Verb}-{Noun}";

    public string Verb { get; }

    public string Noun { get; }

    public bool SupportsShouldProcess { get; }

    public string? DefaultParameterSet { get; }

    public IReadOnlyList<CmdletParameter> Parameters { get; }

    public IReadOnlyList<Type> Outputs { get; }

    /// <summary>The parameter sets by name; one, of all parameters, where the cmdlet names none.</summary>
    public IReadOnlyList<string> ParameterSets
    {
        get
        {
            var named = Parameters.SelectMany(parameter => parameter.Uses).Select(use => use.Set).Distinct().Where(set => set != AllSets).ToList();
            return named.Count == 0 ? [AllSets] : DefaultParameterSet is { } set && !named.Contains(set) ? [set, .. named] : named;
        }
    }

    public static IReadOnlyList<CmdletShape> In(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           from cmdlet in type.Attributes<CmdletAttribute>()
           let shape = new CmdletShape(type, cmdlet)
           orderby shape.Name
           select shape,
    ];

    /// <summary>The parameters of one set as syntax shows them: those with a position first, then what is mandatory.</summary>
    public IEnumerable<(CmdletParameter Parameter, ParameterUse Use)> ParametersOf(string set) =>
        from parameter in Parameters
        let use = parameter.Uses.FirstOrDefault(use => use.Set == set || use.Set == AllSets)
        where use is not null
        orderby use.Position ?? int.MaxValue, !use.Mandatory
        select (parameter, use);
}
