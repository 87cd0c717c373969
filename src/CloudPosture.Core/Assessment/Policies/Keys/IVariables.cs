using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>What policy variables stand for in a request.</summary>
internal interface IVariables
{
    /// <summary>The value of a key.</summary>
    /// <param name="key">The condition key in lower case.</param>
    /// <returns>Its text, with <see cref="Glob.Any"/> for what the requester may choose or nobody knows; null where the key is absent.</returns>
    string? ValueOf(string key);
}
