namespace CloudPosture.Assessment.Fronts;

/// <summary>By what the next thing is known.</summary>
internal enum FrontTargetKind : byte
{
    /// <summary>A name in the DNS.</summary>
    Host,

    /// <summary>The ARN of a function.</summary>
    Function,

    /// <summary>The ARN of a listener of a load balancer.</summary>
    Listener,

    /// <summary>The ARN of a load balancer.</summary>
    Balancer,

    /// <summary>The ARN of a service of Cloud Map, perhaps with attributes that its instances must have.</summary>
    Registry,

    /// <summary>The ARN of a resource whose service is asked directly.</summary>
    Resource,
}
