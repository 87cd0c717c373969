using System;
using System.Security.Cryptography;
using System.Text;

namespace CloudPosture.Assessment;

/// <summary>Makes the ids of findings: the same for the same rule and resource in every harvest.</summary>
internal static class FindingIds
{
    private const int IdBytes = 16;
    private const string Digits = "0123456789abcdef";

    public static string Of(string ruleId, string accountId, string region, string arn)
    {
        var text = string.Concat(ruleId, "|" + accountId + "|", region, "|" + arn);
#if NETFRAMEWORK
        using var sha = SHA256.Create();
        return Hex(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
#else
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        SHA256.HashData(utf8.Slice(0, Encoding.UTF8.GetBytes(text, utf8)), hash);
        return Hex(hash);
#endif
    }

    private static string Hex(ReadOnlySpan<byte> hash)
    {
        Span<char> text = stackalloc char[2 * IdBytes];
        for (var i = 0; i < IdBytes; i++)
        {
            text[2 * i] = Digits[hash[i] >> 4];
            text[(2 * i) + 1] = Digits[hash[i] & 0xF];
        }

        return text.ToString();
    }
}
