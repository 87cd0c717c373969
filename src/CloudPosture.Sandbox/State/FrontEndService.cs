using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>What faces the Internet: CloudFront, load balancers and API Gateway in both its versions.</summary>
internal static class FrontEndService
{
    private const string IsLogged = "IsLogged";

    private static readonly ResourceType Distributions = new("distribution")
    {
        IsGlobal = true,
        Fixed = 1,
        Id = (cell, index) => "E" + Mix.Letters(cell.Hash("distribution", index), 13),
        Good = Distribution,
        Variants = Variants("CloudFront.Logging"),
    };

    private static readonly ResourceType LoadBalancers = new("load-balancer")
    {
        Fixed = 1,
        IsWorkload = true,
        Id = LoadBalancerArn,
        Good = (cell, index) => new JsonObject
        {
            ["LoadBalancerArn"] = LoadBalancerArn(cell, index),
            ["DNSName"] = $"{LoadBalancerName(cell, index)}-1234567890.{cell.Region}.elb.amazonaws.com",
            ["CanonicalHostedZoneId"] = "Z35SXDOTRQ7X7K",
            ["CreatedTime"] = cell.DaysAgo("load-balancer", index, 20, 400),
            ["LoadBalancerName"] = LoadBalancerName(cell, index),
            ["Scheme"] = "internal",
            ["VpcId"] = NetworkService.VpcId(cell, 0),
            ["State"] = new JsonObject { ["Code"] = "active" },
            ["Type"] = "application",
            ["AvailabilityZones"] = Json.List(Enumerable.Range(0, 2).Select(zone => new JsonObject
            {
                ["ZoneName"] = cell.Zone(zone),
                ["SubnetId"] = NetworkService.SubnetId(cell, 0, zone),
                ["LoadBalancerAddresses"] = new JsonArray(),
            })),
            ["SecurityGroups"] = Json.Texts(cell.Id("sg-", "security-group", 0)),
            ["IpAddressType"] = "ipv4",
            [IsLogged] = true,
        },
        Variants = Variants("ELB.Logging"),
    };

    private static readonly ResourceType RestApis = new("rest-api")
    {
        Fixed = 1,
        Id = (cell, index) => Mix.Hex(cell.Hash("rest-api", index), 10),
        Good = (cell, index) => new JsonObject
        {
            ["id"] = Mix.Hex(cell.Hash("rest-api", index), 10),
            ["name"] = "orders-api-" + index,
            ["createdDate"] = cell.DaysAgo("rest-api", index, 50, 600),
            ["apiKeySource"] = "HEADER",
            ["endpointConfiguration"] = new JsonObject { ["types"] = Json.Texts("REGIONAL") },
            ["tags"] = Json.TagMap(cell, "rest-api", index),
            ["disableExecuteApiEndpoint"] = false,
            [IsLogged] = true,
        },
        Variants = Variants("ApiGateway.Logging"),
    };

    private static readonly ResourceType Apis = new("http-api")
    {
        Fixed = 1,
        Id = (cell, index) => Mix.Hex(cell.Hash("http-api", index), 10),
        Good = (cell, index) => new JsonObject
        {
            ["ApiId"] = Mix.Hex(cell.Hash("http-api", index), 10),
            ["Name"] = "events-api-" + index,
            ["ProtocolType"] = "HTTP",
            ["RouteSelectionExpression"] = "$request.method $request.path",
            ["ApiKeySelectionExpression"] = "$request.header.x-api-key",
            ["ApiEndpoint"] = $"https://{Mix.Hex(cell.Hash("http-api", index), 10)}.execute-api.{cell.Region}.amazonaws.com",
            ["CreatedDate"] = cell.DaysAgo("http-api", index, 50, 600),
            ["DisableExecuteApiEndpoint"] = false,
            ["Tags"] = Json.TagMap(cell, "http-api", index),
            [IsLogged] = true,
        },
        Variants = Variants("ApiGatewayV2.Logging"),
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [Distributions, LoadBalancers, RestApis, Apis];

    public static void Register(HandlerTable table)
    {
        table["cloudfront", "ListDistributions"] = ListDistributions;
        table["cloudfront", "GetDistributionConfig"] = DistributionConfig;
        table["elasticloadbalancing", "DescribeLoadBalancers"] = call => Answer.Of("LoadBalancers", Public(call.Cell, LoadBalancers));
        table["elasticloadbalancing", "DescribeLoadBalancerAttributes"] = LoadBalancerAttributes;
        table["elasticloadbalancing", "DescribeListeners"] = Listeners;
        table["apigateway", "GetRestApis"] = call => Answer.Of("items", Public(call.Cell, RestApis));
        table["apigateway", "GetStages"] = RestStages;
        table["apigatewayv2", "GetApis"] = call => Answer.Of("Items", Public(call.Cell, Apis));
        table["apigatewayv2", "GetStages"] = Stages;
    }

    private static IReadOnlyList<Variant> Variants(string rule) => [Variant.Fault(rule, (resource, _, _) => resource[IsLogged] = false)];

    private static string LoadBalancerName(Cell cell, int index) => "web-" + Mix.Hex(cell.Hash("load-balancer", index), 6);

    private static string LoadBalancerArn(Cell cell, int index) =>
        cell.Arn("elasticloadbalancing", $"loadbalancer/app/{LoadBalancerName(cell, index)}/{Mix.Hex(cell.Hash("load-balancer-arn", index), 16)}");

    private static LazyList Public(Cell cell, ResourceType type) => new(type.Count(cell), index =>
    {
        var resource = type.Build(cell, index);
        resource.Remove(IsLogged);
        return resource;
    });

    private static JsonObject Find(Cell cell, ResourceType type, string id, string code)
    {
        var index = type.IndexOf(cell, id);
        return index >= 0 ? type.Build(cell, index) : throw new AwsError(code, "The resource does not exist.", 404);
    }

    private static bool HasLog(JsonObject resource) => (bool)resource[IsLogged]!;

    private static JsonObject Empty() => new() { ["Quantity"] = 0 };

    private static JsonObject CacheBehavior() => new()
    {
        ["TargetOriginId"] = "origin",
        ["TrustedSigners"] = new JsonObject { ["Enabled"] = false, ["Quantity"] = 0 },
        ["TrustedKeyGroups"] = new JsonObject { ["Enabled"] = false, ["Quantity"] = 0 },
        ["ViewerProtocolPolicy"] = "redirect-to-https",
        ["AllowedMethods"] = new JsonObject
        {
            ["Quantity"] = 2,
            ["Items"] = Json.Texts("HEAD", "GET"),
            ["CachedMethods"] = new JsonObject { ["Quantity"] = 2, ["Items"] = Json.Texts("HEAD", "GET") },
        },
        ["SmoothStreaming"] = false,
        ["Compress"] = true,
        ["LambdaFunctionAssociations"] = Empty(),
        ["FunctionAssociations"] = Empty(),
        ["FieldLevelEncryptionId"] = "",
        ["CachePolicyId"] = "658327ea-f89d-4fab-a63d-7e88639e58f6",
    };

    private static JsonObject Origins(Cell cell) => new()
    {
        ["Quantity"] = 1,
        ["Items"] = Json.List(new JsonObject
        {
            ["Id"] = "origin",
            ["DomainName"] = $"web-{cell.AccountId}.s3.us-east-1.amazonaws.com",
            ["OriginPath"] = "",
            ["CustomHeaders"] = Empty(),
            ["S3OriginConfig"] = new JsonObject { ["OriginAccessIdentity"] = "" },
            ["ConnectionAttempts"] = 3,
            ["ConnectionTimeout"] = 10,
            ["OriginShield"] = new JsonObject { ["Enabled"] = false },
        }),
    };

    private static JsonObject Distribution(Cell cell, int index)
    {
        var id = "E" + Mix.Letters(cell.Hash("distribution", index), 13);
        return new JsonObject
        {
            ["Id"] = id,
            ["ARN"] = $"arn:aws:cloudfront::{cell.AccountId}:distribution/{id}",
            ["Status"] = "Deployed",
            ["LastModifiedTime"] = cell.DaysAgo("distribution", index, 10, 300),
            ["DomainName"] = $"d{Mix.Hex(cell.Hash("distribution-name", index), 13)}.cloudfront.net",
            ["Aliases"] = Empty(),
            ["Origins"] = Origins(cell),
            ["OriginGroups"] = Empty(),
            ["DefaultCacheBehavior"] = CacheBehavior(),
            ["CacheBehaviors"] = Empty(),
            ["CustomErrorResponses"] = Empty(),
            ["Comment"] = "shop",
            ["PriceClass"] = "PriceClass_100",
            ["Enabled"] = true,
            ["ViewerCertificate"] = new JsonObject { ["CloudFrontDefaultCertificate"] = true, ["MinimumProtocolVersion"] = "TLSv1", ["CertificateSource"] = "cloudfront" },
            ["Restrictions"] = new JsonObject { ["GeoRestriction"] = new JsonObject { ["RestrictionType"] = "none", ["Quantity"] = 0 } },
            ["WebACLId"] = "",
            ["HttpVersion"] = "http2",
            ["IsIPV6Enabled"] = true,
            ["Staging"] = false,
            [IsLogged] = true,
        };
    }

    private static Answer ListDistributions(CallContext call) => new()
    {
        Body = new JsonObject
        {
            ["DistributionList"] = new JsonObject { ["Marker"] = call.Text("Marker") ?? "", ["MaxItems"] = 100, ["IsTruncated"] = false, ["Quantity"] = Distributions.Count(call.Global) },
        },
        Lists = [("DistributionList.Items", Public(call.Global, Distributions))],
    };

    private static Answer DistributionConfig(CallContext call)
    {
        var distribution = Find(call.Global, Distributions, call.Need("Id"), "NoSuchDistribution");
        var isLogged = HasLog(distribution);
        var config = Json.Pick(distribution, "Aliases", "Origins", "OriginGroups", "DefaultCacheBehavior", "CacheBehaviors", "CustomErrorResponses", "Comment", "PriceClass", "Enabled", "ViewerCertificate", "Restrictions", "WebACLId", "HttpVersion", "IsIPV6Enabled", "Staging");
        config["CallerReference"] = "1";
        config["DefaultRootObject"] = "index.html";
        config["Logging"] = new JsonObject { ["Enabled"] = isLogged, ["IncludeCookies"] = false, ["Bucket"] = isLogged ? $"access-logs-{call.Cell.AccountId}.s3.amazonaws.com" : "", ["Prefix"] = "" };
        return new JsonObject { ["DistributionConfig"] = config, ["ETag"] = "E2QWRUHAPOMQZL" };
    }

    private static Answer Listeners(CallContext call)
    {
        var balancer = call.Need("LoadBalancerArn");
        var listener = new JsonObject
        {
            ["ListenerArn"] = balancer.Replace(":loadbalancer/", ":listener/") + "/443",
            ["LoadBalancerArn"] = balancer,
            ["Port"] = 443,
            ["Protocol"] = "HTTPS",
            ["SslPolicy"] = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        };
        return new JsonObject { ["Listeners"] = new JsonArray(listener) };
    }

    private static Answer LoadBalancerAttributes(CallContext call)
    {
        var isLogged = HasLog(Find(call.Cell, LoadBalancers, call.Need("LoadBalancerArn"), "LoadBalancerNotFound"));
        var attributes = new (string Key, string Value)[]
        {
            ("access_logs.s3.enabled", isLogged ? "true" : "false"), ("access_logs.s3.bucket", isLogged ? "access-logs-" + call.Cell.AccountId : ""), ("access_logs.s3.prefix", ""),
            ("idle_timeout.timeout_seconds", "60"), ("deletion_protection.enabled", "true"), ("routing.http2.enabled", "true"), ("routing.http.drop_invalid_header_fields.enabled", "true"),
        };
        return new JsonObject { ["Attributes"] = Json.List(attributes.Select(pair => new JsonObject { ["Key"] = pair.Key, ["Value"] = pair.Value })) };
    }

    private static Answer RestStages(CallContext call)
    {
        var stage = new JsonObject
        {
            ["deploymentId"] = Mix.Hex(call.Cell.Hash("deployment", 0), 6),
            ["stageName"] = "prod",
            ["cacheClusterEnabled"] = false,
            ["cacheClusterStatus"] = "NOT_AVAILABLE",
            ["methodSettings"] = new JsonObject(),
            ["tracingEnabled"] = false,
            ["variables"] = new JsonObject { ["backend"] = "internal" },
            ["createdDate"] = call.Cell.DaysAgo(90),
            ["lastUpdatedDate"] = call.Cell.DaysAgo(20),
        };
        if (HasLog(Find(call.Cell, RestApis, call.Need("restApiId"), "NotFoundException")))
        {
            stage["accessLogSettings"] = new JsonObject { ["destinationArn"] = call.Cell.Arn("logs", "log-group:api"), ["format"] = "$context.requestId" };
        }

        return new JsonObject { ["item"] = Json.List(stage) };
    }

    private static Answer Stages(CallContext call)
    {
        var stage = new JsonObject
        {
            ["StageName"] = "$default",
            ["AutoDeploy"] = true,
            ["CreatedDate"] = call.Cell.DaysAgo(90),
            ["LastUpdatedDate"] = call.Cell.DaysAgo(20),
            ["DefaultRouteSettings"] = new JsonObject { ["DetailedMetricsEnabled"] = false },
            ["RouteSettings"] = new JsonObject(),
            ["StageVariables"] = new JsonObject(),
            ["Tags"] = new JsonObject(),
        };
        if (HasLog(Find(call.Cell, Apis, call.Need("ApiId"), "NotFoundException")))
        {
            stage["AccessLogSettings"] = new JsonObject { ["DestinationArn"] = call.Cell.Arn("logs", "log-group:api"), ["Format"] = "$context.requestId" };
        }

        return Answer.Of("Items", [stage]);
    }
}
