using System;
using System.Globalization;
using System.Net;
using CloudPosture.Aws.Models;
using CloudPosture.Aws.Protocols;

namespace CloudPosture.Aws;

/// <summary>An error answer.</summary>
internal sealed record Refusal(OperationModel Operation, HttpStatusCode Status, ErrorDetails Error, string Region, TimeSpan? RetryAfter, TimeSpan? Skew)
{
    /// <summary>AWS gives every refusal a code or a request's id. What has neither, and no fault of a server's own, was written by something between.</summary>
    private bool IsForeign => Error is { Code: "", RequestId: null } && (int)Status is not (404 or 405 or 408 or 429 or (>= 500 and < 600));

    private bool IsRedirect => (int)Status is >= 300 and < 400;

    public AwsServiceException ToException(AwsCall call)
    {
        var kind = IsForeign ? AwsErrorKind.Malformed : ErrorClassifier.Classify(Operation, Status, Error, Region, Skew);
        var code = Error.Code.Length > 0 ? Error.Code : ((int)Status).ToString(CultureInfo.InvariantCulture);
        var words = FirstLine(Error.Message);
        return new AwsServiceException($"{Failure.Title(call, Region)}: {code}{(words.Length == 0 ? "" : ": " + words.TrimEnd('.'))}.{Advice(kind)}")
        {
            Code = code,
            ServiceMessage = words,
            Kind = kind,
            RequestId = Error.RequestId,
            HttpStatus = (int)Status,
            Service = Operation.Service.Name,
            Operation = Operation.Name,
            Region = Region,
            AccountId = call.Target.AccountId,
            RetryAfter = RetryAfter,
        };
    }

    /// <summary>
    /// The first line, without control characters. What follows may repeat the signed request, session token included, or hold a long encoded text.
    /// </summary>
    private static string FirstLine(string message)
    {
        const int Most = 500;
        var end = message.IndexOfAny(['\r', '\n']);
        var encoded = message.IndexOf("Encoded authorization failure message", StringComparison.Ordinal);
        var length = Math.Min(Math.Min(end < 0 ? message.Length : end, encoded < 0 ? message.Length : encoded), Most);
        return new string(Array.ConvertAll(message.Substring(0, length).ToCharArray(), letter => char.IsControl(letter) ? ' ' : letter)).Trim();
    }

    private string Advice(AwsErrorKind kind) => kind switch
    {
        AwsErrorKind.ClockSkew => Skew is { } skew && skew.Duration() >= TimeSpan.FromMinutes(1)
            ? $" This machine's clock is {skew.Duration().TotalMinutes:F0} minutes {(skew > TimeSpan.Zero ? "ahead of" : "behind")} AWS's: set it right."
            : " This machine's clock differs from AWS's: set it right.",
        AwsErrorKind.ExpiredCredentials => " The session has ended: sign in again or renew the credentials.",
        AwsErrorKind.InvalidCredentials => " AWS does not know these credentials: check access key, secret key and session token.",
        AwsErrorKind.RegionDisabled => $" The account has not enabled the Region {Region}, or the session was made where it does not count there: enable it, or leave it out.",
        AwsErrorKind.Malformed when IsRedirect => " Something between sends the call elsewhere, where a signed call never follows. Check the proxy (HTTPS_PROXY), whether the network wants a sign-in first, and the endpoint.",
        AwsErrorKind.Malformed => " This is no answer of AWS: a proxy or gateway between seems to have given it. Check the proxy (HTTPS_PROXY) and the endpoint.",
        AwsErrorKind.UnknownOperation => " The endpoint does not offer the operation. Where it is not AWS's own, that may be as it is; otherwise check the endpoint and the proxy (HTTPS_PROXY).",
        _ => "",
    };
}
