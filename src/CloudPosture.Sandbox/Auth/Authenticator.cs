using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.Auth;

/// <summary>Finds out who signed a request, and refuses what AWS would refuse.</summary>
internal sealed class Authenticator(KeyRing keys, TimeProvider clock)
{
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    public Principal Authenticate(ServiceModel service, WireRequest request, AuthHeader? header)
    {
        if (header is null)
        {
            throw request.Header("authorization") is null
                ? AuthErrors.Missing(service)
                : AuthErrors.Incomplete(service, "Authorization header requires 'Credential' parameter, 'Signature' parameter and 'SignedHeaders' parameter.");
        }

        CheckForm(service, request, header);
        CheckTime(service, request, header);
        var key = keys.Find(header.AccessKeyId) ?? throw AuthErrors.UnknownKey(service);
        if (!Same(key.SessionToken ?? "", request.Header("x-amz-security-token") ?? ""))
        {
            throw AuthErrors.UnknownKey(service);
        }

        if (key.Expires <= clock.GetUtcNow())
        {
            throw AuthErrors.Expired(service);
        }

        CheckSignature(service, request, header, key);
        return key.Principal;
    }

    private static void CheckForm(ServiceModel service, WireRequest request, AuthHeader header)
    {
        if (!header.SignedHeaders.Contains("host"))
        {
            throw AuthErrors.Incomplete(service, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }

        if (request.Header("x-amz-security-token") is not null && !header.SignedHeaders.Contains("x-amz-security-token"))
        {
            throw AuthErrors.Incomplete(service, "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization.");
        }

        if (request.Header("x-amz-date")?.StartsWith(header.Date, StringComparison.Ordinal) != true)
        {
            throw AuthErrors.Incomplete(service, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.");
        }
    }

    private void CheckTime(ServiceModel service, WireRequest request, AuthHeader header)
    {
        var text = request.Header("x-amz-date")!;
        if (!DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw AuthErrors.Incomplete(service, $"Date must be in ISO-8601 'basic format'. Got '{text}'. Scope '{header.Date}'.");
        }

        var now = clock.GetUtcNow();
        if ((now - time).Duration() > MaxSkew)
        {
            throw AuthErrors.Skewed(service, text, now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        }
    }

    private static void CheckSignature(ServiceModel service, WireRequest request, AuthHeader header, IssuedKey key)
    {
        var claimed = request.Header("x-amz-content-sha256");
        var isBodySigned = claimed is not { Length: 64 } || claimed == SigV4.Hash(request.Body);
        if (!isBodySigned || !Same(SigV4.Sign(request, header, key.SecretAccessKey), header.Signature))
        {
            throw AuthErrors.WrongSignature(service);
        }
    }

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
