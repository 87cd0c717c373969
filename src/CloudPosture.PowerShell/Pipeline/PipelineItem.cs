using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Pipeline;

/// <summary>
/// An object of the pipeline and which of our types it is of. What a file, another machine or Select-Object gives has the properties and
/// not the type; a cmdlet that took it for a row of its own would answer another question than the one that the object asks.
/// </summary>
internal sealed class PipelineItem
{
    private static readonly Lazy<IReadOnlyList<(Type Type, HashSet<string> Properties)>> Ours = new(() =>
    [
        .. typeof(PipelineItem).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(output => output.Type.Select(name => name.Type))
            .Where(IsOurs).Distinct()
            .Select(type => (Type: type!, Properties: new HashSet<string>(type!.GetProperties().Select(property => property.Name), StringComparer.OrdinalIgnoreCase)))
            .OrderByDescending(one => one.Properties.Count),
    ]);

    // A few words may be those of anything, unless there are no others.
    private const int FewestProperties = 5;
    private readonly PSObject _row;

    private PipelineItem(object value)
    {
        Value = value;
        _row = PSObject.AsPSObject(value);
        Kind = value is PSObject row ? KindOf(row) : value.GetType();
    }

    /// <summary>The object itself.</summary>
    public object Value { get; }

    /// <summary>Its type, or the one of ours that a row was made of; null where it is a row of something else.</summary>
    public Type? Kind { get; }

    /// <summary>Whether it is of a type, or a row that was made of one.</summary>
    public bool Is<T>() => Kind == typeof(T);

    /// <summary>What a property says; empty where it has none or it is empty.</summary>
    public string Text(string property) => _row.Properties[property]?.Value?.ToString() ?? "";

    /// <summary>The object that the pipeline brings; null where it brings nothing.</summary>
    public static PipelineItem? Of(object? input) => PipelineValue.Bare(input) is { } value ? new PipelineItem(value) : null;

    /// <summary>Refuses what a cmdlet does not take. A row of something else says by its properties what it is about.</summary>
    /// <param name="cmdlet">The cmdlet's name.</param>
    /// <param name="taken">The types of ours that it takes.</param>
    /// <param name="hint">What to do instead.</param>
    public void RefuseStranger(string cmdlet, IReadOnlyCollection<Type> taken, string hint = "")
    {
        if (Kind is { } kind && !taken.Contains(kind))
        {
            var list = taken.Count == 0 ? "It takes rows with the names of its parameters." : $"It takes {string.Join(", ", taken.Select(type => type.Name).OrderBy(name => name, StringComparer.Ordinal))}.";
            throw new UnknownNameException("InputNotTaken", kind.Name, $"{cmdlet} takes no {kind.Name}. {(hint.Length > 0 ? hint : list)}");
        }
    }

    private static bool IsOurs(Type? type) => type?.Namespace?.StartsWith(nameof(CloudPosture), StringComparison.Ordinal) == true;

    // Deserialized.CloudPosture.Lake.Findings.Finding and Selected.CloudPosture.Lake.Findings.Finding say it; a file does not.
    private static Type? KindOf(PSObject row)
    {
        var names = new HashSet<string>(
            row.TypeNames.Select(name => name.Substring(Math.Max(0, name.IndexOf("CloudPosture.", StringComparison.Ordinal)))),
            StringComparer.Ordinal);
        var properties = new HashSet<string>(row.Properties.Select(property => property.Name), StringComparer.OrdinalIgnoreCase);
        return Ours.Value.FirstOrDefault(one => names.Contains(one.Type.FullName!)).Type
            ?? Ours.Value.FirstOrDefault(one => one.Properties.IsSubsetOf(properties) && (one.Properties.Count >= FewestProperties || one.Properties.Count == properties.Count)).Type;
    }
}
