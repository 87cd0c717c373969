using CloudPosture.Secrets;

namespace CloudPosture.Tests.Secrets;

/// <summary>Keys of those who run models are told by their form, whatever the variable is called.</summary>
public sealed class SecretPatternTests
{
    [Theory]
    [InlineData("sk-or-v1-", 'a', 64, "OpenRouterKey")]
    [InlineData("xai-", 'B', 80, "XaiKey")]
    [InlineData("pplx-", 'c', 48, "PerplexityKey")]
    [InlineData("nvapi-", 'D', 64, "NvidiaKey")]
    [InlineData("gsk_", 'e', 52, "GroqKey")]
    [InlineData("ABSKQmVkcm9ja0FQSUtleS", 'F', 120, "BedrockKey")]
    [InlineData("bedrock-api-key-", 'G', 400, "BedrockKey")]
    public void A_key_of_a_model_provider_is_told_by_its_form(string prefix, char letter, int length, string kind)
    {
        var key = prefix + new string(letter, length);

        Assert.Equal(kind, SecretDetector.Find("MODEL", key)?.Kind);
        Assert.Equal(kind, SecretDetector.Find("START", $"serve --model big --token {key} --port 8080")?.Kind);
    }

    [Theory]
    [InlineData("ABSK")]
    [InlineData("xai-endpoint")]
    [InlineData("nvapi-gateway.internal")]
    [InlineData("bedrock-api-key-rotation")]
    [InlineData("https://openrouter.ai/api/v1")]
    public void What_only_begins_like_a_key_is_none(string text) => Assert.Null(SecretDetector.Find("MODEL", text));
}
