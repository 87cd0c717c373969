using CloudPosture.Errors;

namespace CloudPosture.Lake;

/// <summary>The ids of accounts: they name folders and files, so nothing else may pass for one.</summary>
public static class AccountIds
{
    private const int Length = 12;

    /// <summary>Whether a text is an account's id.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for 12 digits.</returns>
    public static bool IsValid(string? text)
    {
        if (text is not { Length: Length })
        {
            return false;
        }

        // Policies are full of texts that are none: asked so, the answer costs no copy of them.
        foreach (var letter in text)
        {
            if (letter is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes sure that a text is an account's id.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text.</returns>
    /// <exception cref="SettingException">It is not.</exception>
    public static string Check(string? text) => IsValid(text)
        ? text!
        : throw new SettingException($"'{text}' is no account's id: it has 12 digits.");
}
