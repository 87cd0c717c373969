using System.Collections.Generic;

namespace CloudPosture.Content.Catalog;

/// <summary>The checks and controls of other tools that no rule of a service answers, each with the reason.</summary>
/// <param name="CustomerData">Those that need what a harvest never reads.</param>
/// <param name="Person">Those that a person must look at.</param>
/// <param name="NotApplicable">Those that their authors withdrew, or that ask nothing of an account.</param>
public sealed record CheckCoverage(
    IReadOnlyDictionary<string, string> CustomerData, IReadOnlyDictionary<string, string> Person, IReadOnlyDictionary<string, string> NotApplicable);
