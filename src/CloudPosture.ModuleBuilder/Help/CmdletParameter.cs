using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>A parameter of a compiled cmdlet.</summary>
public sealed record CmdletParameter(
    string Name, Type Type, IReadOnlyList<ParameterUse> Uses, IReadOnlyList<string> Aliases, bool SupportsWildcards)
{
    /// <summary>Reads a property; null for one that is no parameter.</summary>
    public static CmdletParameter? TryRead(PropertyInfo property)
    {
        var uses = property.Attributes<ParameterAttribute>().Select(ParameterUse.Read).ToList();
        return uses.Count == 0 ? null : new CmdletParameter(
            property.Name,
            property.PropertyType,
            uses,
            [
                .. property.Attributes<AliasAttribute>()
                    .SelectMany(alias => (IEnumerable<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!)
                    .Select(alias => (string)alias.Value!),
            ],
            property.Attributes<SupportsWildcardsAttribute>().Any());
    }
}
