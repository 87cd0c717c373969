using System;
using System.Collections.Generic;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>What a condition key can be in a requester's requests.</summary>
internal sealed record Domain
{
    /// <summary>The key is never there.</summary>
    public static readonly Domain Absent = new() { MayBeAbsent = true };

    /// <summary>The key is there, with what the requester likes.</summary>
    public static readonly Domain Anything = new() { Shapes = [Glob.Of("*")] };

    /// <summary>What the requester likes, or nothing.</summary>
    public static readonly Domain AnythingOrAbsent = Anything with { MayBeAbsent = true };

    /// <summary>True or false.</summary>
    public static readonly Domain Truth = new() { Values = ["true", "false"] };

    /// <summary>Values that are always possible.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>What other values look like; those that policies name are looked for among them.</summary>
    public IReadOnlyList<Glob> Shapes { get; init; } = [];

    /// <summary>Refuses values that have the shape and yet cannot be; null where none is refused.</summary>
    public Func<string, bool>? Accepts { get; init; }

    public bool MayBeAbsent { get; init; }

    /// <summary>What a policy variable for this key stands for; null where the key is absent.</summary>
    public string? Variable => Shapes.Count > 0 ? $"{Glob.Any}" : Values.Count switch { 0 => null, 1 => Values[0], _ => $"{Glob.Any}" };

    public static Domain Of(params string[] values) => new() { Values = values };

    public static Domain Shaped(Func<string, bool> accepts, params string[] shapes) =>
        new() { Shapes = Array.ConvertAll(shapes, Glob.Of), Accepts = accepts };
}
