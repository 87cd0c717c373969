using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>What is kept of a service of Cloud Map, by which APIs find what stands behind a link.</summary>
/// <param name="Region">Its Region.</param>
/// <param name="Instances">What is registered with an address and a port; API Gateway asks nothing else.</param>
internal sealed record FrontRegistry(string Region, IReadOnlyList<FrontInstance> Instances)
{
    public const string Type = "AWS::ServiceDiscovery::Service";

    public static FrontRegistry Of(Resource service) => new(service.Region,
    [
        .. from instance in service.Configuration.Items("Instances")
           let attributes = instance.Member("Attributes")
           where attributes is not null
           let address = attributes.Value.Text("AWS_INSTANCE_IPV4")
           let port = FrontText.Number(attributes.Value, "AWS_INSTANCE_PORT")
           where address is not null && port is not null
           select new FrontInstance(address, port.Value),
    ]);
}
