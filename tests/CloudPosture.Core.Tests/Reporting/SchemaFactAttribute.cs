using System;
using System.Linq;

namespace CloudPosture.Tests.Reporting;

/// <summary>A test that needs a schema of others; it says so where that is not here.</summary>
public sealed class SchemaFactAttribute : FactAttribute
{
    public SchemaFactAttribute(params string[] schemas)
    {
        ArgumentNullException.ThrowIfNull(schemas);
        if (schemas.FirstOrDefault(schema => PublishedSchemas.Find(schema) is null) is { } missing)
        {
            Skip = $"{missing} is not here: put it into a folder that POSTURE_SCHEMAS names, and reports are judged by it.";
        }
    }
}
