using System.Collections.Generic;

namespace CloudPosture.Assessment.Access;

/// <summary>A managed policy with all that was read of it.</summary>
/// <param name="Arn">The ARN.</param>
/// <param name="Valid">The version that counts.</param>
/// <param name="Others">The other versions; their names tell which.</param>
internal sealed record PolicyVersions(string Arn, AccessPolicy Valid, IReadOnlyList<AccessPolicy> Others)
{
    private const int Most = 5;

    /// <summary>Whether there is room for one more version.</summary>
    public bool HasRoom => Others.Count + 1 < Most;

    /// <summary>Whether the account may change it; those of AWS it may not.</summary>
    public bool IsOwn => Policies.Patterns.Arn.AccountOf(Arn) is not null;
}
