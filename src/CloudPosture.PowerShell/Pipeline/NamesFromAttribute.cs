using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace CloudPosture.PowerShell.Pipeline;

/// <summary>
/// Takes objects of ours, and rows with their columns, by the properties that say which name is meant. PowerShell alone would take
/// what the object prints as for a name. An object without any of them is an error that says so.
/// </summary>
/// <param name="properties">The properties, the first that the object has counts. Where they list several names, these are separated by <c>;</c> or <c>,</c>.</param>
internal sealed class NamesFromAttribute(params string[] properties) : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [';', ','];

    /// <summary>What is named (<c>a rule</c>).</summary>
    public string What { get; set; } = "what is meant";

    /// <summary>What to do with objects that do not name it.</summary>
    public string Hint { get; set; } = "";

    /// <summary>Properties that other parameters take: an object with one of these is theirs.</summary>
    public string[] Others { get; set; } = [];

    /// <summary>A type whose objects another parameter takes whole.</summary>
    public Type? Except { get; set; }

    /// <summary>Takes the value as it is, separators and all.</summary>
    public bool IsWhole { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PipelineValue.Bare(inputData);
        return value switch
        {
            IList list => list.Cast<object?>().SelectMany(NamesOf).ToArray(),
            _ when IsObject(value) && Except?.IsInstanceOfType(value) != true => Unwrap(NamesOf(value)),
            _ => inputData,
        };
    }

    // A parameter that takes one name would not take a list of one.
    private static object Unwrap(string[] names) => names.Length == 1 ? names[0] : names;

    private static bool IsObject(object? value) =>
        value is bool or PSObject { BaseObject: PSCustomObject } || value?.GetType().Namespace?.StartsWith(nameof(CloudPosture), StringComparison.Ordinal) == true;

    private string[] NamesOf(object? item)
    {
        var value = PipelineValue.Bare(item);
        if (!IsObject(value))
        {
            return [value?.ToString() ?? ""];
        }

        var row = PSObject.AsPSObject(value);
        if (properties.Select(name => row.Properties[name]).FirstOrDefault(property => property is not null) is { } found)
        {
            var names = Split(found.Name, found.Value?.ToString() ?? "");
            return names.Length > 0 ? names : throw new ArgumentTransformationMetadataException($"The {NameOf(value!)} names no {What}: its {found.Name} is empty. {Hint}".TrimEnd());
        }

        var problem = $"A {NameOf(value!)} does not say which {What} is meant. {Hint}".TrimEnd();
        throw Array.Exists(Others, name => row.Properties[name] is not null)
            ? new ArgumentTransformationMetadataException(problem, new PSInvalidCastException(problem))
            : new ArgumentTransformationMetadataException(problem);
    }

    // A rule's Benchmarks are requirements of theirs (cis-aws-foundations-5.0.0/2.1.4).
    private string[] Split(string property, string text) =>
        text.Length == 0 ? []
        : IsWhole ? [text]
        : [.. text.Split(Separators).Select(name => name.Trim()).Where(name => name.Length > 0)
            .Select(name => property == "Benchmarks" ? name.Split('/')[0] : name).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string NameOf(object value) => value is PSObject ? "row" : value.GetType().Name;
}
