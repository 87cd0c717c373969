using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace CloudPosture.Secrets;

/// <summary>Names of settings that tell of a secret, and what a value beside each must look like to be one.</summary>
internal static class SecretNames
{
    private const int LeastPassword = 4;
    private const int LeastChosen = 8;
    private const int LeastRandom = 12;
    private const int LeastKey = 16;
    private const double RandomBitsPerCharacter = 3.0;
    private const double RandomCaseChanges = 0.35;

    // What may follow: which of several it is, or how it is written.
    private const string Which = "(?:[_.-]?(?:prod(?:uction)?|live|dev(?:elopment)?|test(?:ing)?|stag(?:e|ing)|qa|uat|old|new|current|previous|primary|secondary|default|value|val|text|plain(?:text)?|raw|b64|base64|v?[0-9]{1,3}))?$";
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private static readonly Regex Password = Of("(?i:pass(?:word|wd|phrase|code)|passwd|(?<![a-z])(?:pass|pw)|(?:db|user|admin|root|mysql|postgres|pg|smtp|mail|ftp|ldap|rds|redis|my)_?pass)|(?-i:[a-z](?:Pass|Pw))|(?<=.)(?i:pwd)");
    private static readonly Regex Secret = Of("(?i:secret|token|credentials?|(?:api|apps?|access|auth|account|private|priv|encryption|encrypt|crypto|signing|sign|master|service|shared|secret|session|license|licence|subscription|webhook|write|ingest(?:ion)?|hmac|aes|jwt|cookie|security|client|host|function|storage|admin|deploy(?:ment)?|integration|instrumentation|project|server|bot)[_.-]?key(?:[_.-]?base)?|(?<![a-z])(?:pat|salt|pepper|bearer|authorization|hmac|sas|dsn))");
    private static readonly Regex Chosen = Of("(?i:(?:jwt|session|cookie|signing|client|webhook|hash|csrf|app(?:lication)?|consumer|shared|auth|api|oauth2?|hmac|encryption|nextauth|rails|django|flask|laravel)[_.-]?secret(?:[_.-]?key)?(?:[_.-]?base)?|secret[_.-]?key(?:[_.-]?base)?)");
    private static readonly Regex Key = Of("(?i:(?<![a-z])key)|(?-i:[a-z]Key)");

    private static readonly Regex Harmless = new(
        @"(?i)^(?:old_?)?pwd$|^key$|(?:next|csrf|xsrf|pagination|page|continuation|idempotency|client|request|resume|start(?:ing)?|marker|paging|sync|cancellation|max|forward|backward|creation|change|lock|update|purchase|action|product|task|unit|verification|import|export|public|public[_.-]?key)[_.-]?token$|(?:public|pub|publishable|anon|kms|cmk|mrk|partition|hash|range|primary|foreign|object|bucket|s3|cache|idempotency|tag|config|feature|lookup|index|row|group|json|sort|route|routing|dedup(?:lication)?|message|event|file|prefix|site|map|translation|i18n|locale|item|search|record|path|param(?:eter)?|secret_?name|state|lock|metric|dimension|label|meta(?:data)?|column|field|attribute|property|registry|hot|shortcut|answer|sse|dynamo(?:db)?|condition|context|environment|host_?key_?checking)[_.-]?key$",
        RegexOptions.CultureInvariant, Timeout);

    private static readonly Regex Uuid = new("^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", RegexOptions.CultureInvariant, Timeout);
    private static readonly Regex IdentifyingKey = new("(?i)(?:encryption|encrypt|master|signing|sign|storage)[_.-]?key", RegexOptions.CultureInvariant, Timeout);

    /// <summary>Judges a value by the name beside it.</summary>
    /// <returns>The kind of secret; null where it is none.</returns>
    public static string? KindOf(string name, string value)
    {
        if (value.Length < LeastPassword || value.Any(char.IsWhiteSpace) || Harmless.IsMatch(name))
        {
            return null;
        }

        return Password.IsMatch(name) ? StandIn.Is(value) ? null : "Password"
            : IsSecret(name, value) && !StandIn.Is(value) ? "NamedSecret" : null;
    }

    private static bool IsSecret(string name, string value)
    {
        if (Chosen.IsMatch(name) && value.Length >= LeastChosen && (value.All(char.IsLetterOrDigit) || !StandIn.IsName(value)) && !value.All(char.IsDigit))
        {
            return true;
        }

        if (Secret.IsMatch(name))
        {
            return value.Length >= LeastRandom && LooksRandom(value) && !(Uuid.IsMatch(value) && IdentifyingKey.IsMatch(name));
        }

        return Key.IsMatch(name) && value.Length >= LeastKey && LooksRandom(value) && !Uuid.IsMatch(value);
    }

    private static bool LooksRandom(string value) =>
        value.Any(char.IsLetter)
        && Entropy(value) >= RandomBitsPerCharacter
        && (Uuid.IsMatch(value) || (!StandIn.IsName(value) && (value.Any(char.IsDigit) || CaseChanges(value) >= RandomCaseChanges)));

    private static double CaseChanges(string value) => Enumerable.Range(1, value.Length - 1).Count(at => char.IsUpper(value[at]) != char.IsUpper(value[at - 1])) / (double)value.Length;

    /// <summary>Shannon's entropy of the text's own letters, in bits a character.</summary>
    private static double Entropy(string text) =>
        -text.GroupBy(character => character).Sum(group => (double)group.Count() / text.Length * Math.Log((double)group.Count() / text.Length, 2));

    private static Regex Of(string name) => new("(?:" + name + ")(?i:" + Which + ")", RegexOptions.CultureInvariant, Timeout);
}
