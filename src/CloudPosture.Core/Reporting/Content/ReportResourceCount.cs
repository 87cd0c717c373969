namespace CloudPosture.Reporting.Content;

/// <summary>How many resources of a type an account has.</summary>
/// <param name="AccountId">The account, 12 digits.</param>
/// <param name="ResourceType">The CloudFormation type.</param>
/// <param name="Count">How many, over all Regions.</param>
public sealed record ReportResourceCount(string AccountId, string ResourceType, long Count);
