using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws;

namespace CloudPosture.Content.Catalog;

/// <summary>An AWS error by its code and, where the code alone says too little, a fragment of its message.</summary>
/// <param name="Code">The error code.</param>
/// <param name="Fragment">What the message must contain; null for any.</param>
internal sealed record ErrorMatch(string Code, string? Fragment)
{
    public static ErrorMatch Parse(string text)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? new(text, null) : new(text.Substring(0, colon), text.Substring(colon + 2));
    }

    /// <summary>Whether one of them is what AWS answered.</summary>
    public static bool Any(IReadOnlyList<ErrorMatch> errors, AwsServiceException problem) =>
        errors.Any(error => error.Matches(problem.Code, problem.ServiceMessage));

    public bool Matches(string code, string message) =>
        code == Code && (Fragment is null || message.IndexOf(Fragment, StringComparison.OrdinalIgnoreCase) >= 0);
}
