namespace CloudPosture.Onboarding.Policies;

/// <summary>An action that IAM knows.</summary>
/// <param name="Name">The full name in AWS's spelling (<c>s3:GetBucketAcl</c>).</param>
/// <param name="AccessLevel">What it allows.</param>
/// <param name="CustomerData">For an action that returns what customers store: what that is. Null for configuration.</param>
public sealed record IamAction(string Name, AccessLevel AccessLevel, string? CustomerData)
{
    /// <summary>True where the action neither changes anything nor returns customer data.</summary>
    public bool ReadsConfiguration => AccessLevel is AccessLevel.List or AccessLevel.Read && CustomerData is null;
}
