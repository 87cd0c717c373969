using System;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts;

/// <summary>One of the resources that a group names.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Name">The resource's name, else its id.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Type">Its CloudFormation type.</param>
/// <param name="Region">Its Region, or <c>global</c>.</param>
/// <param name="Evidence">What decided.</param>
/// <param name="Since">Since when it fails, in UTC.</param>
/// <param name="Reason">Why the receiver is told.</param>
public sealed record AlertResource(string FindingId, string Name, string Arn, string Type, string Region, string Evidence, DateTimeOffset Since, AlertReason Reason)
{
    internal static AlertResource Of(Finding finding, AlertReason reason) => new(
        finding.FindingId,
        finding.ResourceName.Length > 0 ? finding.ResourceName : finding.ResourceId,
        finding.ResourceArn,
        finding.ResourceType,
        finding.Region,
        finding.Evidence,
        finding.StatusSince ?? finding.FirstSeen,
        reason);
}
