using System.Text.RegularExpressions;

namespace CloudPosture.ModuleBuilder.Checks;

/// <summary>Names of members that say that what users write there can be a secret.</summary>
internal static partial class TellingNames
{
    /// <summary>Whether a text of this name can hold a secret.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="holder">The name of the member, or of the operation, that it stands in.</param>
    public static bool OfText(string name, string holder) =>
        Secret().IsMatch(name) || Program().IsMatch(name)
        || (Value().IsMatch(name) && (Setting().IsMatch(name) || Setting().IsMatch(holder)))
        || (Address().IsMatch(name) && (Receiver().IsMatch(name) || Receiver().IsMatch(holder)));

    /// <summary>Whether the values of a map of this name can be secrets.</summary>
    public static bool OfMap(string name) => Setting().IsMatch(name) || MapOfSettings().IsMatch(name);

    // Not what tells of a secret: its ARN, its age, its policy.
    [GeneratedRegex("(password|passphrase|^secret|secret_?key|secret_?string|client_?secret|shared_?secret|private_?key|auth_?token|hec_?token|pre_?shared_?key|api_?key|connection_?string|connection_?attributes|jdbc_?url|basic_?auth_?credentials|custom_?headers)s?$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    // What runs, or is told to a model, is written by people, and keys are written into it.
    [GeneratedRegex("(user_?data|build_?spec|command|script|entry_?point|arguments|args|instructions?|prompt_?template|copy_?options)$", RegexOptions.IgnoreCase)]
    private static partial Regex Program();

    [GeneratedRegex("header|variable|environment|parameter|argument|option|propert", RegexOptions.IgnoreCase)]
    private static partial Regex Setting();

    [GeneratedRegex("template|params|opts$|configs?$|attributes$|info$", RegexOptions.IgnoreCase)]
    private static partial Regex MapOfSettings();

    [GeneratedRegex("value$", RegexOptions.IgnoreCase)]
    private static partial Regex Value();

    [GeneratedRegex("(endpoint|ur[il])s?$", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("webhook|subscription|notification|callback|payload", RegexOptions.IgnoreCase)]
    private static partial Regex Receiver();
}
