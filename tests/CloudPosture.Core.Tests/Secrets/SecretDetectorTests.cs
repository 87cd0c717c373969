using System.Linq;
using CloudPosture.Secrets;

namespace CloudPosture.Tests.Secrets;

/// <summary>What is a secret, where it stands, and what only looks like one.</summary>
public sealed class SecretDetectorTests
{
    [Theory]
    [InlineData("a=1\nexport DB_PASSWORD=Summer2024!\n", 2)]
    [InlineData("one\ntwo\nmysql -u root -pSummer2024! app", 3)]
    [InlineData("{\n \"db\": {\"password\":\"Summer2024!\"}}", 2)]
    public void ALineIsNamed(string script, int line) => Assert.Equal(line, SecretDetector.Find("", script)?.Line);

    [Fact]
    public void ALongLineIsReadToItsEnd() =>
        Assert.Equal("Password", SecretDetector.Find("", "{" + string.Concat(Enumerable.Range(0, 500).Select(number => $"\"setting{number}\":\"value\",")) + "\"password\":\"Summer2024!\"}")?.Kind);

    [Theory]
    [InlineData("changeme")]
    [InlineData("password")]
    [InlineData("admin123")]
    public void AKnownDefaultIsAPassword(string value) => Assert.Equal("Password", SecretDetector.Find("DB_PASSWORD", value)?.Kind);

    [Theory]
    [InlineData("client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb2dJQkFBS0NBUUVB", "PrivateKey")]
    [InlineData("os.environ.get('DB_PASSWORD', 'Summer2024!')", "Password")]
    [InlineData("PuTTY-User-Key-File-3: ssh-ed25519", "PrivateKey")]
    [InlineData("ADO_PAT=iyfmob6xjrfmit67anxbot64umfx2clwx7dz5ynxi4q2z3uqegvq", "NamedSecret")]
    public void ASecretIsFoundWhereOthersHaveSeenIt(string text, string kind) => Assert.Equal(kind, SecretDetector.Find("", text)?.Kind);

    [Theory]
    [InlineData("type=\"System.Web.Foo, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a\"")]
    [InlineData("{\"LockToken\":\"b0f4583e-998b-4880-9069-3fbe45738b43\"}")]
    [InlineData("Attributes: [{Key: access_logs.s3.enabled, Value: 'true'}]")]
    [InlineData("{\"pattern\":\"^arn:aws:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr-pullthroughcache/[a-z]+$\"}")]
    [InlineData("Secret: arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!cluster-a1b2c3d4-5678-90ab")]
    [InlineData("api_key: \\b(PMAK-[a-zA-Z-0-9]{59})\\b")]
    [InlineData("GITHUB=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("xoxb-my-bot-token-for-tests")]
    [InlineData("hf_requiredCharacteristicTypesForDisplayMetadata")]
    [InlineData("curl -u username:password https://api.internal")]
    [InlineData("curl --user neo4j:[PASSWORD] http://db:7474/")]
    [InlineData("https://fog-ringer.notion.site/API-BD80F56CDC1441E6BF6011AB6D852875")]
    [InlineData("$password = Get-SecretValue -Name db")]
    public void WhatOnlyLooksLikeOneIsNone(string text) => Assert.Null(SecretDetector.Find("", text));
}
