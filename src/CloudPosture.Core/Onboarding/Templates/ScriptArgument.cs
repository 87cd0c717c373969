using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>An option of an AWS CLI command.</summary>
internal sealed record ScriptArgument
{
    private ScriptArgument(string option, string value, string? afterAccount, bool isJson)
    {
        Option = option;
        Value = value;
        AfterAccount = afterAccount;
        IsJson = isJson;
    }

    /// <summary>The option with its dashes.</summary>
    public string Option { get; }

    /// <summary>Its value, or what goes before the account id.</summary>
    public string Value { get; }

    /// <summary>What goes after the account id that the script finds out; null where the value is known.</summary>
    public string? AfterAccount { get; }

    public bool IsJson { get; }

    public static ScriptArgument Text(string option, string value)
    {
        AwsLimits.Require(
            !value.StartsWith("file://", System.StringComparison.Ordinal) && !value.StartsWith("fileb://", System.StringComparison.Ordinal),
            $"The AWS CLI would read a file in place of '{value}': begin the text otherwise.");
        return new ScriptArgument(option, value, null, false);
    }

    public static ScriptArgument Json(string option, string json) => new(option, json, null, true);

    public static ScriptArgument InAccount(string option, string before, string after) => new(option, before, after, false);
}
