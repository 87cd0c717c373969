using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace CloudPosture.Text;

/// <summary>Hashes, the same on both frameworks.</summary>
internal static class Sha256
{
    private const int HashBytes = 32;
    private const string Digits = "0123456789abcdef";

    /// <summary>The hash of a text's UTF-8.</summary>
    public static byte[] Of(string text)
    {
        using var sha = SHA256.Create();
        return sha.ComputeHash(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The first bytes of a text's hash, in lower-case hexadecimal digits.</summary>
    public static string Hex(string text, int bytes = HashBytes)
    {
#if NETFRAMEWORK
        return Hex(Of(text).AsSpan(0, bytes));
#else
        // Each finding of an assessment has one.
        Span<byte> hash = stackalloc byte[HashBytes];
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        SHA256.HashData(utf8.Slice(0, Encoding.UTF8.GetBytes(text, utf8)), hash);
        return Hex(hash.Slice(0, bytes));
#endif
    }

    /// <summary>The hash of what a stream holds from here on, in lower-case hexadecimal digits.</summary>
    public static string Hex(Stream stream)
    {
        using var sha = SHA256.Create();
        return Hex(sha.ComputeHash(stream));
    }

    /// <summary>Bytes in lower-case hexadecimal digits.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[2 * HashBytes];
        for (var i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = Digits[bytes[i] >> 4];
            text[(2 * i) + 1] = Digits[bytes[i] & 0xF];
        }

        return text.Slice(0, 2 * bytes.Length).ToString();
    }
}
