using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace CloudPosture.Sandbox.Auth;

/// <summary>The parts of a SigV4 Authorization header.</summary>
internal sealed partial record AuthHeader(
    string AccessKeyId, string Date, string Region, string Service, IReadOnlyList<string> SignedHeaders, string Signature)
{
    /// <summary>Reads the header.</summary>
    /// <returns>The parts, or null where the header has another form.</returns>
    public static AuthHeader? Parse(string? header) =>
        header is not null && Form().Match(header) is { Success: true } match
            ? new AuthHeader(
                match.Groups["key"].Value, match.Groups["date"].Value, match.Groups["region"].Value, match.Groups["service"].Value,
                match.Groups["headers"].Value.Split(';', StringSplitOptions.RemoveEmptyEntries), match.Groups["signature"].Value)
            : null;

    [GeneratedRegex(@"^AWS4-HMAC-SHA256 +Credential=(?<key>[A-Z0-9]{16,128})/(?<date>\d{8})/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9-]+)/aws4_request, *SignedHeaders=(?<headers>[a-z0-9;_-]+), *Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Form();
}
