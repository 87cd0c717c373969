using System.Collections.Generic;

namespace CloudPosture.Secrets;

/// <summary>The forms of secrets that their issuers document: prefixes, lengths and alphabets.</summary>
internal static class SecretPatterns
{
    // A token must end where its alphabet ends: a longer run of the same letters is something else.
    private const string Start = "(?<![A-Za-z0-9_-])";
    private const string End = "(?![A-Za-z0-9_-])";

    public static IReadOnlyList<SecretPattern> All { get; } =
    [
        new("PrivateKey", "PRIVATE KEY", "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
        new("AwsAccessKey", "A", Start + "(?:AKIA|ASIA)[A-Z2-7]{16}" + End),
        new("GitHubToken", "gh", Start + "gh[pousr]_[A-Za-z0-9]{36,255}" + End),
        new("GitHubToken", "github_pat_", Start + "github_pat_[A-Za-z0-9_]{40,255}" + End),
        new("GitLabToken", "gl", Start + "gl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_.-]{20,}" + End),
        new("SlackToken", "xox", Start + "xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}" + End),
        new("SlackWebhook", "hooks.slack.com/", "hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,}"),
        new("TeamsWebhook", "webhook.office.com/", "webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{40,}"),
        new("StripeKey", "k_live_", Start + "[rs]k_live_[A-Za-z0-9]{16,}" + End),
        new("GoogleApiKey", "AIza", Start + "AIza[A-Za-z0-9_-]{35}" + End),
        new("GoogleClientSecret", "GOCSPX-", Start + "GOCSPX-[A-Za-z0-9_-]{28}" + End),
        new("AzureStorageKey", "AccountKey=", "AccountKey=[A-Za-z0-9+/]{86}=="),
        new("AzureSharedKey", "SharedAccessKey=", "SharedAccessKey=[A-Za-z0-9+/]{43}="),
        new("AzureClientSecret", "8Q~", Start + "[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,34}"),
        new("SendGridKey", "SG.", Start + "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}" + End),
        new("TwilioKey", "SK", Start + "SK[0-9a-f]{32}" + End),
        new("MailgunKey", "key-", Start + "key-[0-9a-f]{32}" + End),
        new("MailchimpKey", "-us", Start + "[0-9a-f]{32}-us[0-9]{1,2}" + End),
        new("NpmToken", "npm_", Start + "npm_[A-Za-z0-9]{36}" + End),
        new("PyPiToken", "pypi-", Start + "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
        new("NuGetKey", "oy2", Start + "oy2[a-z0-9]{43}" + End),
        new("DockerHubToken", "dckr_pat_", Start + "dckr_pat_[A-Za-z0-9_-]{27}" + End),
        new("OpenAiKey", "sk-", Start + "sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]*T3BlbkFJ[A-Za-z0-9_-]{20,}"),
        new("AnthropicKey", "sk-ant-", Start + "sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{80,}"),
        new("HuggingFaceToken", "hf_", Start + "hf_[A-Za-z0-9]{34,}" + End),
        new("ReplicateToken", "r8_", Start + "r8_[A-Za-z0-9]{37}" + End),
        new("GroqKey", "gsk_", Start + "gsk_[A-Za-z0-9]{52}" + End),
        new("OpenRouterKey", "sk-or-v1-", Start + "sk-or-v1-[0-9a-f]{64}" + End),
        new("XaiKey", "xai-", Start + "xai-[A-Za-z0-9]{80}" + End),
        new("PerplexityKey", "pplx-", Start + "pplx-[A-Za-z0-9]{48}" + End),
        new("NvidiaKey", "nvapi-", Start + "nvapi-[A-Za-z0-9_-]{64}" + End),
        new("BedrockKey", "ABSK", Start + "ABSK[A-Za-z0-9+/]{109,269}={0,2}"),
        new("BedrockKey", "bedrock-api-key-", Start + "bedrock-api-key-[A-Za-z0-9+/]{60,}={0,2}"),
        new("DatabricksToken", "dapi", Start + "dapi[0-9a-f]{32}(?:-[0-9])?" + End),
        new("DigitalOceanToken", "_v1_", Start + "do[opr]_v1_[0-9a-f]{64}" + End),
        new("ShopifyToken", "shp", Start + "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}" + End),
        new("HashiCorpToken", "hv", Start + "hv[sbr]\\.[A-Za-z0-9_-]{24,}" + End),
        new("TerraformCloudToken", ".atlasv1.", Start + "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,}"),
        new("AtlassianToken", "ATATT3", Start + "ATATT3[A-Za-z0-9_=-]{150,}"),
        new("NewRelicKey", "NRAK-", Start + "NRAK-[A-Z0-9]{27}" + End),
        new("GrafanaToken", "gl", Start + "gl(?:sa|c)_[A-Za-z0-9_+/=]{30,}"),
        new("PostmanKey", "PMAK-", Start + "PMAK-[0-9a-f]{24}-[0-9a-f]{34}" + End),
        new("TelegramToken", ":AA", Start + "[0-9]{8,10}:AA[A-Za-z0-9_-]{33}" + End),
        new("AgeKey", "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"),
        new("JsonWebToken", "eyJ", Start + "eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}"),
        new("PasswordInUrl", "://", "[A-Za-z][A-Za-z0-9+.-]*://[^\\s:/?#@$<{]*:(?![$<{%*]|password@|pass@)[^\\s:/@$<{*]{3,}@[^\\s/]+"),
        new("PasswordInConnectionString", "=", "(?i)(?:^|[;\\s\"'])(?:password|pwd)\\s*=\\s*(?![$<{%*])[^;\\s\"'$<{]{4,}\\s*(?:;|$|[\"'])"),
    ];
}
