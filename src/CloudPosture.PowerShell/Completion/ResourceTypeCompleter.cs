using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the resource types of the catalog.</summary>
public sealed class ResourceTypeCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ModuleFolder.Catalog.All.SelectMany(service => service.Resources.Where(resource => !resource.IsTransient).Select(resource => (resource.Type, service.Title))).Distinct();

    // Bucket, or S3::Bucket, is what people remember of AWS::S3::Bucket.
    private protected override IEnumerable<string> Aliases(string name)
    {
        var parts = name.Split(["::"], StringSplitOptions.None);
        return Enumerable.Range(0, parts.Length).Select(start => string.Join("::", parts.Skip(start)));
    }
}
