using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace CloudPosture.Secrets;

/// <summary>Tells what stands where a secret could and is none: a reference to it, a placeholder, a mask, a ciphertext, code that reads it.</summary>
internal static class StandIn
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private static readonly Regex Reference = new(
        @"(?i)^(?:arn:|https?://[^@\s]+$|(?:ssm|ssm-secure|(?:aws-?)?secrets?-?manager|awssm|asm|sm|vault|op|kms|file|s3|gs|env|sops|keyvault|parameterstore|resolve|ref\+[a-z0-9]+)://?|(?:ssm|ssm-secure|secretsmanager|vault|resolve|kms):|(?:alias|projects)/|@Microsoft\.KeyVault\(|\$(?:env:)?[a-z_][a-z0-9_.:]*$|%[^%\s]+%$|<[^<>]*>$|@[^@\s]+@$|!(?:Ref|Sub|GetAtt|ImportValue|Join|If|vault)\b|mrk-[0-9a-f]{32}$)|\$\{|\$\(|\{\{|\}\}|<%|#\{|%\([a-z_]+\)s|`|\.\.\.|\[\^?\\?[a-z0-9]-[a-z0-9]",
        RegexOptions.CultureInvariant, Timeout);

    // A known default is no stand-in: what is deployed with it works with it.
    private static readonly Regex Placeholder = new(
        @"(?i)^(?:true|false|yes|no|on|off|none|null|nil|undefined|empty|n/?a|tbd|todo|placeholder|redacted|masked|hidden|dummy|fake|mock|example|sample|required|optional|prompt|unset|not[-_]?set|disabled|enabled|(?:secure)?string|str|password-?(?:here|goes-?here)|noop|ignored?|unused|managed|rotated|generated?|random|auto)$|^(?:your|my-?own|replace|insert|enter|put|set|fill|use|see|from)[-_].*|(?:^|[-_])(?:your|replace|placeholder|redacted)(?:[-_]|$)|[-_](?:here|goes[-_]here)$|^[*x•.#_-]+$|\*{3,}|^\[[A-Z_ -]+\]$|^(?-i:PASSWORD|SECRET|TOKEN|KEY)$|^[A-Z][A-Z0-9]*(?:_[A-Z]+)*_(?-i:PASSWORD|PASSWD|PASS|SECRET|TOKEN|KEY)$",
        RegexOptions.CultureInvariant, Timeout);

    // Ciphertexts of KMS, of configuration servers and vaults, and one-way hashes.
    private static readonly Regex Sealed = new(
        @"^(?:AQICAH[A-Za-z0-9+/=]{100,}|AgV4[A-Za-z0-9+/=]{200,}|ENC[\[(]|\{cipher\}|vault:v\d+:|\$ANSIBLE_VAULT|\$(?:1|2[abxy]?|5|6|y|7|argon2\w*|pbkdf2[\w-]*|scrypt)\$|\{(?:S?SHA\d*|CRYPT|PBKDF2\w*|bcrypt|noop)\}|pbkdf2_sha\d+\$|scram-sha-256\$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Timeout);

    private static readonly Regex Code = new(
        @"^[A-Za-z_][\w.]*[(\[]|^(?:os|process|env|environ|System|Environment|config|cfg|conf|settings|options|opts|self|this|args|params?|parameters|event|ctx|context|data|var|vars|local|module|each|secrets?|credentials?|response|resp|result|res|request|req|input|inputs|body|user|account|auth|props|state|random_password|aws_[a-z_]+)\.[A-Za-z_]|^[?&|>]|^(?:self|this|await|new|function|lambda|getpass|input|raw_input|Read-Host)\b|^(?:Get|Set|New|Add|Remove|Import|Invoke|ConvertTo)-[A-Z][A-Za-z]+$",
        RegexOptions.CultureInvariant, Timeout);

    private static readonly Regex NameSuffix = new("-(?:[A-Za-z0-9]{4,6}|[A-Z0-9]{8,13})$", RegexOptions.CultureInvariant, Timeout);
    private static readonly Regex Hump = new("(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant, Timeout);
    private static readonly Regex Word = new("^(?:[A-Za-z]{1,24}[0-9]{0,3}|[0-9]{1,4}|20[0-9]{6})$", RegexOptions.CultureInvariant, Timeout);

    /// <summary>Whether a value is no secret, whatever names it.</summary>
    public static bool Is(string value) => Reference.IsMatch(value) || Placeholder.IsMatch(value) || Sealed.IsMatch(value) || IsPath(value);

    /// <summary>Whether a text in the form of a key is filled with the letter that people write for one.</summary>
    public static bool IsMasked(string key) => key.IndexOf("xxxxxxxx", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether what stands after a sign in a script is an expression and no text.</summary>
    public static bool IsCode(string value) => Code.IsMatch(value);

    /// <summary>Whether a value is made of words with signs or humps between them, as names of resources, files and hosts are.</summary>
    public static bool IsName(string value)
    {
        var words = NameSuffix.Replace(value, "").Split(['-', '_', '.', '/', '\\', ':', ' '], StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => false,
            1 when words[0].Length == value.Length => HasHumps(value),
            _ => words.All(word => Word.IsMatch(word) || HasHumps(word)),
        };
    }

    // Random letters change case too, but not every five letters or more.
    private static bool HasHumps(string value)
    {
        var words = Hump.Split(value);
        return words.Length > 1 && value.Length >= words.Length * 5 && words.All(word => Word.IsMatch(word));
    }

    private static bool IsPath(string value) => value.IndexOfAny(['/', '\\']) >= 0 && IsName(value);
}
