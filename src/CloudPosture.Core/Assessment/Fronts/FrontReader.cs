using System;
using System.Collections.Generic;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Reads what takes requests from everyone.</summary>
internal static class FrontReader
{
    public const string Distribution = "AWS::CloudFront::Distribution";
    public const string RestApi = "AWS::ApiGateway::RestApi";
    public const string HttpApi = "AWS::ApiGatewayV2::Api";
    public const string GraphApi = "AWS::AppSync::GraphQLApi";

    /// <summary>The types.</summary>
    public static IReadOnlyList<string> Types { get; } = [Distribution, RestApi, HttpApi, GraphApi];

    /// <summary>A resource as something in front; null where it is none.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ownerOf">Whose the resources of an account are.</param>
    public static Front? Of(Resource resource, Func<string, Owner> ownerOf) => resource.Type switch
    {
        Distribution => DistributionReader.Read(resource),
        RestApi => RestApiReader.Read(resource, ownerOf),
        HttpApi => HttpApiReader.Read(resource),
        GraphApi => GraphApiReader.Read(resource),
        _ => null,
    };

    /// <summary>The way in by it.</summary>
    public static Opening Door(Front front) =>
        front.Stop is not { } stop ? new Opening("endpoint", true, $"{front.Name} answers everyone{(front.Guards.Length == 0 ? "" : $"; {front.Guards}")}")
        : stop.IsUnknown ? new Opening("endpoint", null, stop.Why)
        : new Opening("endpoint", true, $"{front.Name} has a public endpoint", stop.Kind, stop.Why);
}
