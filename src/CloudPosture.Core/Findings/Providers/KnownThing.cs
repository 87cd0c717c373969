namespace CloudPosture.Findings.Providers;

/// <summary>What a finding is about.</summary>
/// <param name="Type">The CloudFormation type.</param>
/// <param name="Id">The id.</param>
/// <param name="Arn">The ARN.</param>
/// <param name="Name">The name.</param>
/// <param name="Region">The Region it is shown in.</param>
internal sealed record KnownThing(string Type, string Id, string Arn, string Name, string Region);
