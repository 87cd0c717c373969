namespace CloudPosture.Aws.Models;

/// <summary>Where a REST operation's member travels.</summary>
public enum MemberLocation
{
    /// <summary>In the body.</summary>
    Body,

    /// <summary>In the URI's path, as a <c>{label}</c>.</summary>
    Uri,

    /// <summary>In the query string.</summary>
    QueryString,

    /// <summary>In one header.</summary>
    Header,

    /// <summary>A map spread over all headers with a prefix.</summary>
    Headers,

    /// <summary>The HTTP status code.</summary>
    StatusCode,
}
