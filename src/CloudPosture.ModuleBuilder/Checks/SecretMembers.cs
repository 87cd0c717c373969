using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Models;
using CloudPosture.Content.Catalog;

namespace CloudPosture.ModuleBuilder.Checks;

/// <summary>Finds members of answers that by their name hold what can be a secret, and that a type neither judges as sensitive, nor leaves out, nor calls harmless.</summary>
internal static class SecretMembers
{
    /// <summary>What is wrong with the type's declarations.</summary>
    public static IEnumerable<string> Problems(ResourceEntry resource, ServiceModel model)
    {
        foreach (var path in Undeclared(resource, model))
        {
            yield return $"'{path}' can hold a secret: name it in 'sensitive', leave it out, or say under 'harmless' why it never does.";
        }

        var telling = Telling(resource, model).ToList();
        foreach (var path in resource.Harmless.Keys.Where(path => !telling.Exists(member => IsIn(member, path))))
        {
            yield return $"'{path}' under 'harmless' is no member that looks as if it held a secret: take it out.";
        }
    }

    /// <summary>The paths of those that would be stored as they are.</summary>
    public static IEnumerable<string> Undeclared(ResourceEntry resource, ServiceModel model)
    {
        var declared = resource.Sensitive.Select(member => member.Path.Text).Concat(resource.Harmless.Keys).ToList();
        return Telling(resource, model).Where(path => !declared.Exists(member => IsIn(path, member)));
    }

    private static IEnumerable<string> Telling(ResourceEntry resource, ServiceModel model)
    {
        if (resource.IsTransient)
        {
            return [];
        }

        var listed = resource is { Keep: null, List: { ItemField: null, IsCredentialReport: false } list } ? Telling(model, list.Operation, list.Items.Text, "", resource.Omit) : [];
        var added = resource.Calls.Where(call => call.Keep is null).SelectMany(call => Telling(model, call.Operation, call.Select.Text, call.Field + ".", call.Omit));
        return listed.Concat(added).Distinct();
    }

    // What stands in a map is declared key by key, as its keys are known.
    private static bool IsIn(string path, string member)
    {
        var (steps, declared) = (path.Split('.'), member.Replace("[]", "", StringComparison.Ordinal).Split('.'));
        return declared.Length <= steps.Length && declared.Zip(steps).All(pair => pair.First == pair.Second || pair.Second == "*");
    }

    private static IEnumerable<string> Telling(ServiceModel model, string operation, string from, string before, IReadOnlyList<string> omit) =>
        !model.Operations.TryGetValue(operation, out var known) || Follow(known.Output, from) is not { } shape ? []
            : IsText(shape) ? TellingNames.OfText(before.TrimEnd('.'), operation) ? [before.TrimEnd('.')] : []
            : Walk(shape, from is "." ? operation : operation + from, "", [], omit).Select(path => (before + path).TrimEnd('.'));

    private static Shape? Follow(Shape shape, string path)
    {
        Shape? at = shape;
        foreach (var step in path == "." ? [] : path.Split('.'))
        {
            at = Element(at)?.Member(step.Split('[')[0])?.Shape;
        }

        return at;
    }

    private static Shape? Element(Shape? shape)
    {
        while (shape?.Kind == ShapeKind.List)
        {
            shape = shape.Element!.Shape;
        }

        return shape;
    }

    private static IEnumerable<string> Walk(Shape shape, string name, string path, IReadOnlyList<Shape> above, IReadOnlyList<string> omit)
    {
        var inside = Element(shape)!;
        return above.Contains(inside) ? []
            : inside.Kind == ShapeKind.Map ? OfMap(inside, name, path, [.. above, inside], omit)
            : inside.Kind != ShapeKind.Structure ? []
            : inside.Members.Where(member => !omit.Contains(member.Name)).SelectMany(member => IsText(member.Shape)
                ? TellingNames.OfText(member.Name, name) ? [path + member.Name] : (IEnumerable<string>)[]
                : Walk(member.Shape, member.Name, Element(member.Shape)!.Kind == ShapeKind.Map ? path + member.Name : $"{path}{member.Name}.", [.. above, inside], omit));
    }

    private static IEnumerable<string> OfMap(Shape map, string name, string path, IReadOnlyList<Shape> above, IReadOnlyList<string> omit)
    {
        var value = map.Element!.Shape;
        return IsText(value)
            ? TellingNames.OfMap(name) ? [path] : []
            : Walk(value, name, (path.Length == 0 ? "*" : path + ".*") + (Element(value)!.Kind == ShapeKind.Map ? "" : "."), above, omit);
    }

    private static bool IsText(Shape shape) => Element(shape)!.Kind is ShapeKind.String or ShapeKind.Blob;
}
