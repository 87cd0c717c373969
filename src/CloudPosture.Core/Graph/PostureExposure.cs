namespace CloudPosture.Graph;

/// <summary>Whether one thing can be reached by one way, by which path, and if not, what stops it.</summary>
public sealed record PostureExposure
{
    /// <summary>What separates the parts of a path.</summary>
    internal const string Step = " > ";

    /// <summary>How far it is exposed.</summary>
    public required ExposureDegree Degree { get; init; }

    /// <summary>Whether it can be reached; null where that is not known.</summary>
    public bool? Reachable => Degree switch { ExposureDegree.Reachable => true, ExposureDegree.Unknown => null, _ => false };

    /// <summary>The CloudFormation type of what is reached.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Its id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Its ARN.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Its account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its Region, or <c>global</c>.</summary>
    public required string Region { get; init; }

    /// <summary>From where: <c>Internet</c>, a network, a VPC.</summary>
    public required string From { get; init; }

    /// <summary>The network interface, where the way leads through one that is known; else empty.</summary>
    public string InterfaceId { get; init; } = "";

    /// <summary>The address that is called, where it is known; else empty.</summary>
    public string Address { get; init; } = "";

    /// <summary>IPv4 or IPv6; empty for what is not reached by packets.</summary>
    public string Family { get; init; } = "";

    /// <summary>tcp, udp, or all; the action for what is reached by requests.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>The ports (<c>22</c>, <c>8000-8080</c>); empty for what has none.</summary>
    public string Ports { get; init; } = "";

    /// <summary>What stands in front and hands it on: a load balancer, a distribution, an API; empty for none.</summary>
    public string Via { get; init; } = "";

    /// <summary>What the way leads through, first to last, separated by <c> &gt; </c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>The first thing that stops it.</summary>
    public ExposureStop StoppedBy { get; init; }

    /// <summary>The id of that thing (a route table, a network ACL); empty for none.</summary>
    public string StoppedAt { get; init; } = "";

    /// <summary>What it is about that thing, or what was not read; empty where nothing stops it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether it is the only one: without it the thing could be reached.</summary>
    public bool IsOnlyStop { get; init; }

    /// <summary>All that stops it, in order, separated by semicolons.</summary>
    public string Stops { get; init; } = "";

    /// <summary>What may refuse some requests on the way and is not judged (a web ACL, a list of countries, an API key), separated by semicolons; empty for nothing.</summary>
    public string Guards { get; init; } = "";

    /// <summary>The sources that get through.</summary>
    public string Sources { get; init; } = "";
}
