using System.Collections.Generic;

namespace CloudPosture.Findings.Exceptions;

/// <summary>Where an exception does not count. Every selector that is given must match; <c>*</c> and <c>?</c> are wildcards.</summary>
public sealed record ExceptionScope
{
    /// <summary>The account, 12 digits, or its name; null for any.</summary>
    public string? Account { get; init; }

    /// <summary>The resource's ARN, id or name; null for any.</summary>
    public string? Resource { get; init; }

    /// <summary>The Region, or <c>global</c>; null for any.</summary>
    public string? Region { get; init; }

    /// <summary>Tags that the resource must carry, all of them; empty for any.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>A name as a selector of nothing but it: whoever names things in an account does not widen what is accepted there.</summary>
    /// <param name="name">The name. What would be a wildcard in it stands for one sign.</param>
    public static string Naming(string name) => name.Replace('*', '?');
}
