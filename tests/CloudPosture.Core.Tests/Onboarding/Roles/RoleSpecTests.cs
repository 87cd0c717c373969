using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Tests.Onboarding.Roles;

/// <summary>What AWS would refuse, or what would be unsafe, is refused before any call, with the limit.</summary>
public sealed class RoleSpecTests
{
    private static readonly RoleSpec Good = new()
    {
        RoleName = "Reader",
        TrustedPrincipals = [TrustedPrincipal.Parse("111122223333")],
        ExternalId = "unguessable",
    };

    public static TheoryData<string, string> Bad => new()
    {
        { "name", "1 to 64" },
        { "long name", "1 to 64" },
        { "path", "slash" },
        { "description", "1,000" },
        { "external id", "2 to 1,224" },
        { "duration", "43,200" },
        { "account", "12 digits" },
        { "tags", "50" },
        { "tag", "aws:" },
        { "policies", "10 managed" },
        { "policy", "6,144" },
        { "inline", "10,240" },
        { "trust", "2,048" },
        { "boundary", "ARN of a policy" },
        { "no external id", "-Force" },
        { "nobody", "nobody" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void EachLimitIsNamed(string fault, string message) =>
        Assert.Contains(message, Assert.Throws<RoleSpecException>(() => With(fault).Validate()).Message);

    [Theory]
    [InlineData("*")]
    [InlineData("arn:aws:iam::111122223333:role/*")]
    [InlineData("1234")]
    [InlineData("arn:aws:iam::111122223333:group/x")]
    [InlineData("example.com")]
    public void StrangersAreNotTrusted(string principal) => Assert.Throws<RoleSpecException>(() => TrustedPrincipal.Parse(principal));

    [Fact]
    public void WithinOneAccountAnExternalIdIsNotNeeded() =>
        Assert.Empty((Good with { ExternalId = null, AccountId = "111122223333" }).Validate().Warnings);

    [Fact]
    public void WithForceItIsAllowedAndWarnedOf() =>
        Assert.Contains("111122223333", Assert.Single((Good with { ExternalId = null, AllowNoExternalId = true }).Validate().Warnings));

    [Fact]
    public void AtTheLimitsItIsAccepted() => (Good with
    {
        RoleName = new string('a', 64),
        Path = $"/{new string('p', 510)}/",
        Description = new string('é', 1000),
        ExternalId = new string('x', 1224),
        MaxSessionDuration = 43200,
        ManagedPolicies = [.. Enumerable.Repeat("SecurityAudit", 10)],
    }).Validate();

    private static RoleSpec With(string fault) => fault switch
    {
        "name" => Good with { RoleName = "a b" },
        "long name" => Good with { RoleName = new string('a', 65) },
        "path" => Good with { Path = "team" },
        "description" => Good with { Description = new string('a', 1001) },
        "external id" => Good with { ExternalId = "with space" },
        "duration" => Good with { MaxSessionDuration = 43201 },
        "account" => Good with { AccountId = "12" },
        "tags" => Good with { Tags = Enumerable.Range(0, 51).ToDictionary(index => $"k{index}", _ => "v") },
        "tag" => Good with { Tags = new Dictionary<string, string> { ["aws:x"] = "v" } },
        "policies" => Good with { ManagedPolicies = [.. Enumerable.Repeat("SecurityAudit", 11)] },
        "policy" => Good with { CustomPolicies = [new NamedPolicy("p", new string('x', 6145))] },
        "inline" => Good with { InlinePolicies = [new NamedPolicy("p", new string('x', 5121)), new NamedPolicy("q", new string('x', 5120))] },
        "trust" => Good with { TrustedPrincipals = [.. Enumerable.Range(0, 60).Select(index => TrustedPrincipal.Parse($"{index:000000000000}"))] },
        "boundary" => Good with { PermissionsBoundary = "Boundary" },
        "no external id" => Good with { ExternalId = null },
        "nobody" => Good with { TrustedPrincipals = [] },
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
