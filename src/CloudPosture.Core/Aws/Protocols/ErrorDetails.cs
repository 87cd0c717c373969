namespace CloudPosture.Aws.Protocols;

/// <summary>What a refusal says.</summary>
/// <param name="Code">The error code; empty if the answer has none.</param>
/// <param name="Message">The service's words; empty if the answer has none.</param>
/// <param name="RequestId">The request's id, or null.</param>
/// <param name="Region">S3: the Region that would answer, or null.</param>
internal sealed record ErrorDetails(string Code, string Message, string? RequestId, string? Region);
