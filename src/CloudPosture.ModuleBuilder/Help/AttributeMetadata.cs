using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>Reads attributes as they are written, without making them.</summary>
internal static class AttributeMetadata
{
    public static IEnumerable<CustomAttributeData> Attributes<TAttribute>(this MemberInfo member) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(TAttribute));

    public static T Named<T>(this CustomAttributeData attribute, string name, T otherwise) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == name)
            .Select(argument => (T)argument.TypedValue.Value!)
            .DefaultIfEmpty(otherwise).First();
}
