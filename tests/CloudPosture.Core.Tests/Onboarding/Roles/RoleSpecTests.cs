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
        { "long boundary", "2,048" },
        { "boundary elsewhere", "444455556666" },
        { "tag keys", "'Team' and 'team'" },
        { "no external id", "could be tricked" },
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
    [InlineData("arn:aws:sts::111122223333:role/x")]
    [InlineData("arn:aws:sts::111122223333:root")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/x")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/path/x/session")]
    [InlineData("arn:aws:iam::111122223333:assumed-role/x/y")]
    public void StrangersAreNotTrusted(string principal) => Assert.Throws<RoleSpecException>(() => TrustedPrincipal.Parse(principal));

    [Theory]
    [InlineData("arn:aws:sts::111122223333:assumed-role/x/y@example.com")]
    [InlineData("arn:aws:iam::111122223333:role/some/path/x")]
    [InlineData("arn:aws:iam::111122223333:user/x")]
    [InlineData("arn:aws:iam::111122223333:root")]
    public void WhatIamKnowsIsAccepted(string principal) => (Good with { TrustedPrincipals = [TrustedPrincipal.Parse(principal)] }).In("aws").Validate();

    [Theory]
    [InlineData("arn:aws-cn:iam::111122223333:root", "aws")]
    [InlineData("arn:aws:iam::111122223333:role/x", "aws-us-gov")]
    public void NobodyOfAnotherPartitionIsTrusted(string principal, string partition) =>
        Assert.Contains("partition", Assert.Throws<RoleSpecException>(() => (Good with { TrustedPrincipals = [TrustedPrincipal.Parse(principal)] }).In(partition)).Message);

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/SecurityAudit")]
    [InlineData("arn:aws:iam::444455556666:policy/boundary")]
    public void ABoundaryIsOfTheRolesAccountOrOfAws(string boundary) => (Good with { PermissionsBoundary = boundary, AccountId = "444455556666" }).Validate();

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
        "long boundary" => Good with { PermissionsBoundary = "arn:aws:iam::aws:policy/" + new string('x', 2048) },
        "boundary elsewhere" => Good with { PermissionsBoundary = "arn:aws:iam::444455556666:policy/x", AccountId = "111122224444" },
        "tag keys" => Good with { Tags = new Dictionary<string, string> { ["Team"] = "a", ["team"] = "b" } },
        "boundary" => Good with { PermissionsBoundary = "Boundary" },
        "no external id" => Good with { ExternalId = null },
        "nobody" => Good with { TrustedPrincipals = [] },
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
