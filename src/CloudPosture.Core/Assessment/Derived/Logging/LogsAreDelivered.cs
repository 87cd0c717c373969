using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Logging;

/// <summary>
/// <c>logsAreDelivered</c>: whether CloudWatch Logs delivers the resource's logs: a delivery source names its ARN, and a delivery the
/// source. For resources without a Region both are in the partition's first Region. Evidence: source and destination.
/// </summary>
internal sealed class LogsAreDelivered : DerivedFunction
{
    private const string Source = "AWS::Logs::DeliverySource";
    private const string Delivery = "AWS::Logs::Delivery";
    private const string Home = "us-east-1";

    public override IReadOnlyList<string> Types => [Source, Delivery];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var (account, arn) = (subject.Account, subject.Resource.Arn);
        var region = subject.Resource.Region == ResourceRegion.Global ? Home : subject.Resource.Region;
        var sources = account.Resources(Source)
            .Where(source => source.Region == region && source.Configuration.Items("resourceArns").Any(named => named.ValueEquals(arn)))
            .ToList();
        var delivery = account.Resources(Delivery).FirstOrDefault(delivery => delivery.Region == region && sources.Any(source => source.Id == delivery.Configuration.Text("deliverySourceName")));
        if (delivery is not null)
        {
            return DerivedValue.Of(true, explain ? $"{delivery.Configuration.Text("deliverySourceName")} is delivered to {delivery.Configuration.Text("deliveryDestinationArn")}" : null);
        }

        if ((account.WhyMissing(Source, region) ?? account.WhyMissing(Delivery, region)) is { } reason)
        {
            return DerivedValue.Unknown(explain ? $"the deliveries of logs in {region} could not be read: {reason}" : null);
        }

        return account.Regions.Contains(region)
            ? DerivedValue.Of(false, explain ? "CloudWatch Logs delivers no logs of it" : null)
            : DerivedValue.Unknown(explain ? $"the deliveries of logs are in {region}, which was not read" : null);
    }
}
