using System;
using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.Auth;

/// <summary>The claims of a web identity token. The sandbox is not the issuer and takes them on trust.</summary>
internal sealed record WebIdentityToken(string Issuer, string Subject, string Audience, DateTimeOffset Expires)
{
    public static WebIdentityToken? Parse(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
        {
            return null;
        }

        try
        {
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims is JsonObject && (string?)claims["iss"] is { } issuer && (string?)claims["sub"] is { } subject && (string?)claims["aud"] is { } audience
                ? new WebIdentityToken(issuer.Replace("https://", "", StringComparison.Ordinal), subject, audience, DateTimeOffset.FromUnixTimeSeconds((long?)claims["exp"] ?? 0))
                : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
