namespace CloudPosture.Alerts;

/// <summary>What kind of receiver is told.</summary>
public enum AlertKind
{
    /// <summary>A channel or chat of Microsoft Teams, by a workflow's webhook.</summary>
    Teams,

    /// <summary>A channel of Slack, by an incoming webhook.</summary>
    Slack,

    /// <summary>Whatever takes JSON by HTTP.</summary>
    Webhook,

    /// <summary>People, by mail.</summary>
    Mail,

    /// <summary>A topic of Amazon SNS.</summary>
    Sns,
}
