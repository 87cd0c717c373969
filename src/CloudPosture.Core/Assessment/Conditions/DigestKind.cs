using System;
using System.Collections.Generic;
using CloudPosture.Content;

namespace CloudPosture.Assessment.Conditions;

/// <summary>A sort of digest.</summary>
/// <param name="Types">Tells the types that it is made of, where something harvests them.</param>
/// <param name="Begin">Begins one.</param>
internal sealed record DigestKind(Func<ContentSet, IReadOnlyList<string>> Types, Func<AccountIndex, AccountDigest> Begin)
{
    public bool Equals(DigestKind? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
