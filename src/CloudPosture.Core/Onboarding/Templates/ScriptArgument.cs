using System;
using System.Linq;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>An option of an AWS CLI command.</summary>
internal sealed record ScriptArgument
{
    private static readonly string[] Followed = ["file://", "fileb://", "http://", "https://"];

    private ScriptArgument(string option, string value) => (Option, Value) = (option, value);

    /// <summary>The option with its dashes.</summary>
    public string Option { get; }

    /// <summary>Its value, or what goes before the account id.</summary>
    public string Value { get; }

    /// <summary>What goes after the account id that the script finds out; null where the value is known.</summary>
    public string? AfterAccount { get; private init; }

    public bool IsJson { get; private init; }

    /// <summary>True where <see cref="Value"/> names a variable of the script.</summary>
    public bool IsVariable { get; private init; }

    /// <summary>True for an option without a value.</summary>
    public bool IsFlag { get; private init; }

    public static ScriptArgument Text(string option, string value)
    {
        AwsLimits.Require(
            !Followed.Any(beginning => value.StartsWith(beginning, StringComparison.Ordinal)),
            $"The AWS CLI would read a file or, in version 1, a page in place of '{value}': begin the text otherwise.");
        return new ScriptArgument(option, value);
    }

    public static ScriptArgument Json(string option, string json) => new(option, json) { IsJson = true };

    public static ScriptArgument InAccount(string option, string before, string after) => new(option, before) { AfterAccount = after };

    public static ScriptArgument FromVariable(string option, string variable) => new(option, variable) { IsVariable = true };

    public static ScriptArgument Flag(string option) => new(option, "") { IsFlag = true };
}
