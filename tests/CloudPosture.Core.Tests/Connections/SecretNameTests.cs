using CloudPosture.Connections;

namespace CloudPosture.Tests.Connections;

public sealed class SecretNameTests
{
    [Theory]
    [InlineData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", true)]
    [InlineData("AKIAIOSFODNN7EXAMPLE", true)]
    [InlineData("production", false)]
    [InlineData("team-web.readonly_account-of-the-whole-organization", false)]
    public void A_key_is_told_from_the_name_of_a_profile(string text, bool isSecret) =>
        Assert.Equal(isSecret, ConnectionRules.LooksSecret(text));
}
