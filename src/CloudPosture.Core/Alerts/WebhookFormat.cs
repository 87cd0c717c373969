namespace CloudPosture.Alerts;

/// <summary>What a webhook is sent.</summary>
public enum WebhookFormat
{
    /// <summary>One object: counts, and what is new or worse by account and rule.</summary>
    Json,

    /// <summary>Each finding as an event for the HTTP Event Collector of Splunk.</summary>
    SplunkHec,

    /// <summary>Each finding for the import of DefectDojo, as Generic Findings Import.</summary>
    DefectDojo,
}
