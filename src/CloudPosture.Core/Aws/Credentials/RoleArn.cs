using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace CloudPosture.Aws.Credentials;

/// <summary>The parts of an IAM role's ARN: <c>arn:aws:iam::123456789012:role/path/name</c>.</summary>
public sealed record RoleArn
{
    // IAM: name 1-64 of [\w+=,.@-]; path, slashes included, up to 512 printable ASCII characters.
    private static readonly Regex Form = new(
        @"\Aarn:(?<partition>aws(-[a-z]+)*):iam::(?<account>[0-9]{12}):role(?<path>/([\x21-\x7e]{1,510}/)?)(?<name>[A-Za-z0-9_+=,.@-]{1,64})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private RoleArn(Match match)
    {
        Partition = match.Groups["partition"].Value;
        AccountId = match.Groups["account"].Value;
        Path = match.Groups["path"].Value;
        Name = match.Groups["name"].Value;
    }

    /// <summary>The partition (<c>aws-cn</c>).</summary>
    public string Partition { get; }

    /// <summary>The account, 12 digits.</summary>
    public string AccountId { get; }

    /// <summary>The path; it starts and ends with a slash and may be one slash.</summary>
    public string Path { get; }

    /// <summary>The role's name, 1–64 characters.</summary>
    public string Name { get; }

    /// <summary>Reads an ARN.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arn">The parts, where the text is a role's ARN.</param>
    /// <returns>False where the text is no role's ARN.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RoleArn? arn)
    {
        var match = Form.Match(text ?? "");
        arn = match.Success ? new RoleArn(match) : null;
        return match.Success;
    }

    /// <summary>Reads an ARN that was validated before.</summary>
    /// <exception cref="FormatException">The text is no role's ARN.</exception>
    public static RoleArn Parse(string text) => TryParse(text, out var arn) ? arn : throw new FormatException($"'{text}' is not the ARN of a role.");

    /// <summary>The ARN of a role of the same path and name in another account.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="pathAndName">The role's path, without the first slash, and name.</param>
    public static string Of(string partition, string accountId, string pathAndName) => $"arn:{partition}:iam::{accountId}:role/{pathAndName.TrimStart('/')}";

    /// <inheritdoc/>
    public override string ToString() => Of(Partition, AccountId, Path + Name);
}
