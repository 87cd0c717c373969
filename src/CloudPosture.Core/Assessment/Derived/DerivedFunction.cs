using System.Collections.Generic;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Derived;

/// <summary>A value that rules may test and that YAML could not express. Built once a rule, from its <c>with</c>.</summary>
internal abstract class DerivedFunction
{
    /// <summary>The resource types looked up in the account; empty where the resource itself is enough.</summary>
    public virtual IReadOnlyList<string> Types => [];

    /// <summary>What is kept of the account while it streams by.</summary>
    public virtual IReadOnlyList<DigestKind> Digests => [];

    /// <summary>Computes the value.</summary>
    /// <param name="subject">The resource.</param>
    /// <param name="explain">Whether evidence is wanted; without, it is null and costs nothing.</param>
    public abstract DerivedValue Evaluate(in Subject subject, bool explain);
}
