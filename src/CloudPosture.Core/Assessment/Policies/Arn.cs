namespace CloudPosture.Assessment.Policies;

/// <summary>What an ARN or a pattern of one says about its account.</summary>
internal static class Arn
{
    private const int Parts = 6;
    private const int Account = 4;
    private const int AccountIdLength = 12;
    private static readonly char[] Open = ['*', '?', '$'];

    public static bool IsAccountId(string text)
    {
        if (text.Length != AccountIdLength)
        {
            return false;
        }

        foreach (var character in text)
        {
            if (character is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The account part; null where there is none or it is not fixed.</summary>
    public static string? AccountOf(string arn) => Split(arn) is { } parts && IsAccountId(parts[Account]) ? parts[Account] : null;

    /// <summary>Whether the pattern matches one owner's resources alone: its account is fixed, or it names a bucket, whose name is unique in the world.</summary>
    public static bool IsFixedOwner(string pattern) => Split(pattern) is { } parts
        && (IsAccountId(parts[Account]) || (parts[2] == "s3" && parts[Account].Length == 0 && IsFixed(parts[5].Split('/')[0])));

    /// <summary>Whether a value is free of wildcards and variables.</summary>
    public static bool IsFixed(string value) => value.Length > 0 && value.IndexOfAny(Open) < 0;

    private static string[]? Split(string arn) => arn.Split([':'], Parts) is { Length: Parts } parts && parts[0] == "arn" ? parts : null;
}
