using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Conditions;

/// <summary>What is kept of an account while it streams by, for a question about much of it at once: far less than its resources.</summary>
internal abstract class AccountDigest
{
    /// <summary>Takes a resource, of whichever type.</summary>
    public abstract void Add(Resource resource);
}
