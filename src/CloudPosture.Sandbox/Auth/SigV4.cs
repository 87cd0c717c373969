using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.Auth;

/// <summary>Signature Version 4 as AWS documents it, written apart from the client's so that each checks the other.</summary>
internal static class SigV4
{
    /// <summary>The signature a request must carry.</summary>
    public static string Sign(WireRequest request, AuthHeader header, string secretAccessKey)
    {
        var canonical = string.Join('\n',
            request.Method,
            CanonicalPath(request.RawPath, isS3: header.Service == "s3"),
            CanonicalQuery(request),
            string.Concat(header.SignedHeaders.Select(name => $"{name}:{Normalise(request.Header(name) ?? "")}\n")),
            string.Join(';', header.SignedHeaders),
            request.Header("x-amz-content-sha256") ?? Hash(request.Body));
        var scope = $"{header.Date}/{header.Region}/{header.Service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{request.Header("x-amz-date")}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), header.Date), header.Region), header.Service), "aws4_request");
        return Convert.ToHexStringLower(Mac(key, toSign));
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>All services but S3 encode the path as sent once more.</summary>
    private static string CanonicalPath(string rawPath, bool isS3) =>
        rawPath.Length == 0 ? "/" : string.Join('/', rawPath.Split('/').Select(segment => isS3 ? Encode(Uri.UnescapeDataString(segment)) : Encode(segment)));

    private static string CanonicalQuery(WireRequest request) =>
        string.Join('&', WireRequest.Decode(request.RawQuery)
            .Select(pair => (Name: Encode(pair.Key), Value: Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Normalise(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
