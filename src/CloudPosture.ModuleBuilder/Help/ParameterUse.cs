using System.Reflection;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>How a parameter takes part in one parameter set.</summary>
public sealed record ParameterUse(string Set, bool Mandatory, int? Position, bool FromPipeline, bool FromPipelineByName)
{
    public static ParameterUse Read(CustomAttributeData attribute) => new(
        attribute.Named("ParameterSetName", CmdletShape.AllSets),
        attribute.Named("Mandatory", false),
        attribute.Named<int?>("Position", null),
        attribute.Named("ValueFromPipeline", false),
        attribute.Named("ValueFromPipelineByPropertyName", false));
}
