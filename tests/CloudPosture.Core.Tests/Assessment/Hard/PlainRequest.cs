using System.Collections.Generic;

namespace CloudPosture.Tests.Assessment.Hard;

/// <summary>One concrete request.</summary>
/// <param name="Names">What a principal element may call whoever asks.</param>
/// <param name="Action">The action.</param>
/// <param name="Resource">What it is about.</param>
/// <param name="Context">What the request says about condition keys, in lower case.</param>
internal sealed record PlainRequest(IReadOnlyList<string> Names, string Action, string Resource, IReadOnlyDictionary<string, string[]> Context);
