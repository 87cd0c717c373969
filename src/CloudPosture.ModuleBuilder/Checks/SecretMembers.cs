using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Aws.Models;
using CloudPosture.Content.Catalog;

namespace CloudPosture.ModuleBuilder.Checks;

/// <summary>Finds members of answers that by their name hold a password or a key, and that a type neither judges as sensitive nor leaves out.</summary>
internal static partial class SecretMembers
{
    /// <summary>The paths of those that would be stored as they are.</summary>
    public static IEnumerable<string> Undeclared(ResourceEntry resource, ServiceModel model)
    {
        if (resource.IsTransient)
        {
            return [];
        }

        var listed = resource is { Keep: null, List: { ItemField: null, IsCredentialReport: false } list } ? Secrets(model, list.Operation, list.Items.Text, "", resource.Omit) : [];
        var added = resource.Calls.Where(call => call.Keep is null).SelectMany(call => Secrets(model, call.Operation, call.Select.Text, call.Field + ".", call.Omit));
        var declared = resource.Sensitive.Select(member => member.Path.Text.Replace("[]", "", StringComparison.Ordinal)).ToList();
        return listed.Concat(added).Where(path => !declared.Exists(member => path == member || path.StartsWith(member + ".", StringComparison.Ordinal))).Distinct();
    }

    private static IEnumerable<string> Secrets(ServiceModel model, string operation, string from, string before, IReadOnlyList<string> omit)
    {
        if (!model.Operations.TryGetValue(operation, out var known) || Follow(known.Output, from) is not { } shape)
        {
            yield break;
        }

        foreach (var path in Walk(shape, "", [], omit))
        {
            yield return before + path;
        }
    }

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

    private static IEnumerable<string> Walk(Shape shape, string path, IReadOnlyList<Shape> above, IReadOnlyList<string> omit)
    {
        var inside = Element(shape)!;
        if (inside.Kind != ShapeKind.Structure || above.Contains(inside))
        {
            return [];
        }

        return inside.Members.Where(member => !omit.Contains(member.Name)).SelectMany(member =>
            Element(member.Shape)!.Kind is ShapeKind.String or ShapeKind.Blob
                ? Secret().IsMatch(member.Name) ? [path + member.Name] : (IEnumerable<string>)[]
                : Walk(member.Shape, $"{path}{member.Name}.", [.. above, inside], omit));
    }

    // Not what tells of a secret: its ARN, its age, its policy.
    [GeneratedRegex("(password|passphrase|secret_?key|secret_?string|client_?secret|shared_?secret|private_?key|auth_?token|pre_?shared_?key)s?$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
