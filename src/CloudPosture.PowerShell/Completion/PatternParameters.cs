using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using CloudPosture.PowerShell.Exceptions;

namespace CloudPosture.PowerShell.Completion;

/// <summary>The parameters of the module that take patterns: in a name that is completed for them, a wildcard must stand for itself.</summary>
internal static class PatternParameters
{
    private static readonly Lazy<HashSet<string>> All = new(() => new(
        from type in typeof(PatternParameters).Assembly.GetTypes()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        // The wildcards of an exception are those of its file, where a bracket is a bracket.
        where cmdlet is not null && type != typeof(NewPostureExceptionCommand)
        from property in type.GetProperties()
        where property.IsDefined(typeof(SupportsWildcardsAttribute), inherit: true)
        select Key($"{cmdlet.VerbName}-{cmdlet.NounName}", property.Name), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a parameter takes patterns.</summary>
    /// <param name="command">The cmdlet's name.</param>
    /// <param name="parameter">The parameter's name.</param>
    public static bool Has(string command, string parameter) => All.Value.Contains(Key(command, parameter));

    private static string Key(string command, string parameter) => $"{command} {parameter}";
}
