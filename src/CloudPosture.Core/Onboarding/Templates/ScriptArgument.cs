using System;
using System.Globalization;
using System.Linq;

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

    /// <summary>True for a text that the AWS CLI would take for the address of a file or, in version 1, of a page.</summary>
    public bool IsFollowed => !IsJson && !IsAddress && Followed.Any(beginning => Value.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>True for JSON that the service takes as a text.</summary>
    public bool IsDocument => IsJson && Option.EndsWith("-document", StringComparison.Ordinal);

    private bool IsAddress { get; init; }

    /// <summary>True for a number.</summary>
    public bool IsNumber { get; private init; }

    /// <summary>True where the value is known when the script is written, and can go in a JSON object of the operation's input as well.</summary>
    public bool IsInput => AfterAccount is null && !IsVariable && !IsFlag && Option != "--query";

    public static ScriptArgument Text(string option, string value) => new(option, value);

    public static ScriptArgument Number(string option, int value) => new(option, value.ToString(CultureInfo.InvariantCulture)) { IsNumber = true };

    /// <summary>A file that the AWS CLI is to read.</summary>
    public static ScriptArgument Address(string option, string address) => new(option, address) { IsAddress = true };

    public static ScriptArgument Json(string option, string json) => new(option, json) { IsJson = true };

    public static ScriptArgument InAccount(string option, string before, string after) => new(option, before) { AfterAccount = after };

    public static ScriptArgument FromVariable(string option, string variable) => new(option, variable) { IsVariable = true };

    public static ScriptArgument Flag(string option) => new(option, "") { IsFlag = true };
}
