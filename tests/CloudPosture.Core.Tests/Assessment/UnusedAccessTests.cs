using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Posture.Access;
using CloudPosture.Tests.Escalation;

namespace CloudPosture.Tests.Assessment;

/// <summary>What users and roles may use and do not.</summary>
public sealed class UnusedAccessTests
{
    private const string Old = "2026-01-02T00:00:00Z";
    private const string Recent = "2026-11-19T00:00:00Z";
    private static readonly DateTimeOffset Since = new(2026, 8, 22, 0, 0, 0, TimeSpan.Zero);

    private readonly Plant _plant = new();

    [Fact]
    public void WhatWasNeverUsedOrNotForLongIsToldWithTheStatementsThatAllowIt()
    {
        var role = Role("app", [Plant.Allow("s3:Get*"), Plant.Allow("sqs:*"), Plant.Allow("ec2:Describe*"), """{"Sid":"More","Effect":"Allow","Action":["s3:PutObject","sns:Publish"],"Resource":"*"}"""]);
        LastUse(role, ("s3", null), ("sqs", Old), ("ec2", Recent), ("sns", Recent));
        var unused = Of(role).Unused;

        Assert.Equal(["s3", "sqs"], unused.Select(one => one.Service));
        Assert.Equal([null, DateTimeOffset.Parse(Old)], unused.Select(one => one.LastUsed));
        Assert.Equal(["s3:get*", "s3:putobject"], unused[0].Actions.Select(action => action.ToLowerInvariant()));
        Assert.Equal(["inline policy own: statement 1", "inline policy own: statement More"], unused[0].GrantedBy);
        Assert.True(unused[0].IsCertain);
        Assert.Equal("Name of s3", unused[0].ServiceName);
        Assert.Equal("role app", unused[0].Who.Label);
    }

    [Fact]
    public void WhatIsRefusedAfterAllIsNotAllowed()
    {
        var bounded = Role("bounded", [Plant.Allow("*")], _plant.Policy("narrow", [Plant.Allow("s3:*")]));
        var denied = Role("denied", [Plant.Allow("s3:*"), Plant.Allow("sqs:SendMessage"), Plant.Deny("s3:*")]);
        LastUse(bounded, ("s3", null), ("sqs", null));
        LastUse(denied, ("s3", null), ("sqs", null));

        Assert.Equal(["s3"], Of(bounded).Unused.Select(one => one.Service));
        Assert.Equal(["*"], Of(bounded).Unused[0].Actions);
        Assert.Equal(["sqs"], Of(denied).Unused.Select(one => one.Service));
    }

    [Fact]
    public void AllButIsAGrantToo()
    {
        var role = Role("most", ["""{"Effect":"Allow","NotAction":["iam:*"],"Resource":"*"}"""]);
        LastUse(role, ("s3", null), ("iam", null));

        Assert.Equal(["all but iam:*"], Assert.Single(Of(role).Unused).Actions);
    }

    [Fact]
    public void WhatHangsOnAConditionIsNotCertain()
    {
        var role = Role("away", [Plant.Allow("s3:Get*", "*", Plant.Condition("IpAddress", "aws:SourceIp", "10.0.0.0/8"))]);
        LastUse(role, ("s3", null));

        Assert.False(Assert.Single(Of(role).Unused).IsCertain);
    }

    [Fact]
    public void WhatWasNotReadIsAGapAndNotUnused()
    {
        var unasked = Role("unasked", [Plant.Allow("s3:*")]);
        var torn = Role("torn", [Plant.Allow("s3:*")]);
        Use(torn, Old, new JsonObject { ["Services"] = null });
        var secret = Role("secret", [Plant.Allow("s3:*")], attached: ["arn:aws:iam::111122223333:policy/unread"]);
        LastUse(secret, ("s3", null), ("sqs", null));

        Assert.Equal(([], UseGap.NoLastAccess), (Of(unasked).Unused, Of(unasked).Gap));
        Assert.Equal(([], UseGap.NoLastAccess), (Of(torn).Unused, Of(torn).Gap));
        Assert.Equal(UseGap.NoPolicy, Of(secret).Gap);
        Assert.Equal(["s3"], Of(secret).Unused.Select(one => one.Service));
        Assert.Null(Analysis().Of(secret + "x", Since));
    }

    [Fact]
    public void WhoIsYoungerHadNoTime()
    {
        var role = Role("young", [Plant.Allow("s3:*")]);
        LastUse(role, Recent, ("s3", null));

        Assert.Equal(([], null), (Of(role).Unused, Of(role).Gap));
        Assert.Single(Analysis().Of(role, DateTimeOffset.Parse("2026-11-20T00:00:00Z"))!.Unused);
    }

    [Fact]
    public void UsersHaveWhatTheirGroupsAllow()
    {
        _plant.Group("all", Plant.Allow("kms:Decrypt"));
        var user = _plant.User("ann", [], groups: ["all"]);
        LastUse(user, ("kms", null));

        var unused = Assert.Single(Of(user).Unused);
        Assert.Equal(["group all, inline policy own: statement 1"], unused.GrantedBy);
        Assert.False(unused.IsCertain, "It hangs on the keys' policies.");
    }

    private string Role(string name, IEnumerable<string> statements, string? boundary = null, IEnumerable<string>? attached = null) =>
        _plant.Role(name, statements, [Plant.TrustOf("Service", "ec2.amazonaws.com")], boundary, attached);

    private void LastUse(string arn, params (string Service, string? Last)[] services) => LastUse(arn, Old, services);

    private void LastUse(string arn, string created, params (string Service, string? Last)[] services) => Use(arn, created, new JsonObject
    {
        ["Services"] = new JsonArray([.. services.Select(one => (JsonNode)new JsonObject { ["ServiceNamespace"] = one.Service, ["ServiceName"] = "Name of " + one.Service, ["LastAuthenticated"] = one.Last })]),
    });

    private void Use(string arn, string created, JsonObject configuration)
    {
        configuration["CreateDate"] = created;
        _plant.Add(arn.Contains(":user/") ? "AWS::IAM::UserLastAccess" : "AWS::IAM::RoleLastAccess", arn.Substring(arn.LastIndexOf('/') + 1), arn, configuration);
    }

    private PrincipalUse Of(string arn) => Analysis().Of(arn, Since)!;

    private UnusedAccessAnalysis Analysis() => UnusedAccessAnalysis.Of([_plant.Snapshot()], Shipped.Content);
}
