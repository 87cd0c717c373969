namespace CloudPosture.Assessment.Sharing;

/// <summary>What is kept of a resource that may be shared: by what it is known.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its id.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="AccountId">Its account.</param>
/// <param name="Region">Its Region.</param>
internal sealed record SharedThing(string Type, string Id, string Arn, string AccountId, string Region);
