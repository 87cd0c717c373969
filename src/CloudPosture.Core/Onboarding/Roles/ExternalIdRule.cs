using System;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CloudPosture.Onboarding.Roles;

/// <summary>What a vendor asks of the external ID.</summary>
public sealed class ExternalIdRule
{
    private const int RandomBytes = 20;

    /// <summary>Whether there is one.</summary>
    public ExternalIdUse Use { get; set; }

    /// <summary>What it must match; null for IAM's own rules alone.</summary>
    public string? Pattern { get; set; }

    /// <summary><see cref="Pattern"/> in words.</summary>
    public string? Rule { get; set; }

    /// <summary>How one is generated, with <c>{uuid}</c> for a random UUID; null for 40 random hexadecimal digits.</summary>
    public string? Format { get; set; }

    /// <summary>Where the vendor shows it.</summary>
    public string? Source { get; set; }

    /// <summary>Settles the external ID of a role.</summary>
    /// <param name="given">What the user gave; null for nothing.</param>
    /// <returns>The external ID; null where the trust has none.</returns>
    /// <exception cref="RoleSpecException">It breaks the vendor's rule, or is missing and only the vendor knows it.</exception>
    public string? Resolve(string? given)
    {
        if (given is null)
        {
            return Use switch
            {
                ExternalIdUse.None => null,
                ExternalIdUse.Given => throw new RoleSpecException($"An external ID is needed: {Source}."),
                _ => Generate(Format),
            };
        }

        return Pattern is null || Regex.IsMatch(given, Pattern, RegexOptions.CultureInvariant)
            ? given
            : throw new RoleSpecException($"The external ID '{given}' does not fit: it must be {Rule}.");
    }

    private static string Generate(string? format)
    {
        var random = new byte[RandomBytes];
        using var generator = RandomNumberGenerator.Create();
        generator.GetBytes(random);
        return format is null
            ? BitConverter.ToString(random).Replace("-", "").ToLowerInvariant()
            : format.Replace("{uuid}", Uuid(random));
    }

    /// <summary>A version 4 UUID from our own random bytes, because Guid promises uniqueness and not secrecy.</summary>
    private static string Uuid(byte[] random)
    {
        var bytes = new byte[16];
        Array.Copy(random, bytes, bytes.Length);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }
}
