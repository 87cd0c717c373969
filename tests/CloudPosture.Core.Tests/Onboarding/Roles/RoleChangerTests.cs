using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;
using CloudPosture.Onboarding;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Tests.Aws;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Onboarding.Roles;

/// <summary>What IAM may have done without saying so is not told as undone.</summary>
public sealed class RoleChangerTests
{
    private const string Missing = "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>none</Message></Error></ErrorResponse>";

    public static TheoryData<string> Unanswered => ["broken", "500", "damaged"];

    [Theory]
    [MemberData(nameof(Unanswered))]
    public async Task AChangeWithoutAnAnswerIsTakenBack(string fault)
    {
        var aws = new StubTransport(() => Without(fault), () => StubTransport.Answer("<DeleteRoleResponse/>"));

        var problem = await Assert.ThrowsAsync<RoleChangeException>(() => ApplyAsync(aws));

        Assert.Empty(problem.Remains);
        Assert.Equal(["CreateRole", "DeleteRole"], aws.Bodies.Select(Action));
    }

    [Theory]
    [MemberData(nameof(Unanswered))]
    public async Task OneThatCannotBeTakenBackMayRemain(string fault)
    {
        var aws = new StubTransport(() => Without(fault), () => StubTransport.Answer(Missing, 404));

        var problem = await Assert.ThrowsAsync<RoleChangeException>(() => ApplyAsync(aws));

        Assert.Contains("perhaps Create the role Reader (arn:aws:iam::111122223333:role/Reader)", Assert.Single(problem.Remains));
        Assert.DoesNotContain("nothing was changed", problem.Advice.Text);
    }

    [Fact]
    public async Task ACallThatIsCancelledUnderWayIsTakenBack()
    {
        using var cancellation = new CancellationTokenSource();
        var aws = new StubTransport(
            () =>
            {
                cancellation.Cancel();
                throw new OperationCanceledException(cancellation.Token);
            },
            () => StubTransport.Answer("<DeleteRoleResponse/>"));

        var problem = await Assert.ThrowsAsync<RoleChangeException>(() => ApplyAsync(aws, cancellation.Token));

        Assert.Empty(problem.Remains);
        Assert.Equal(["CreateRole", "DeleteRole"], aws.Bodies.Select(Action));
    }

    [Fact]
    public async Task WhatIsRefusedWasNotDone()
    {
        var aws = new StubTransport(() => StubTransport.Answer(Missing.Replace("NoSuchEntity", "AccessDenied", StringComparison.Ordinal), 403));

        Assert.Empty((await Assert.ThrowsAsync<RoleChangeException>(() => ApplyAsync(aws))).Remains);
        Assert.Single(aws.Requests);
    }

    [Fact]
    public async Task TheFirstFailureIsToldThoughTheCredentialsEndWhileItIsTakenBack()
    {
        var aws = new StubTransport(
            () => StubTransport.Answer("<CreateRoleResponse><CreateRoleResult><Role><RoleName>Reader</RoleName></Role></CreateRoleResult></CreateRoleResponse>"),
            () => StubTransport.Answer(Missing.Replace("NoSuchEntity", "LimitExceeded", StringComparison.Ordinal), 409),
            () => throw new CredentialException("ended"));

        var problem = await Assert.ThrowsAsync<RoleChangeException>(() => ApplyAsync(aws, default, Create, Attach));

        Assert.Equal("Attach the policy X", problem.FailedChange);
        Assert.Equal(["Create the role Reader (arn:aws:iam::111122223333:role/Reader)"], problem.Remains);
    }

    private static RoleChange Create => new()
    {
        Target = "arn:aws:iam::111122223333:role/Reader",
        Action = "Create the role Reader",
        Operation = "CreateRole",
        Input = new JsonObject { ["RoleName"] = "Reader", ["AssumeRolePolicyDocument"] = "{}" },
        Undo = new RoleUndo("DeleteRole", new JsonObject { ["RoleName"] = "Reader" }),
    };

    private static RoleChange Attach => new()
    {
        Target = "arn:aws:iam::111122223333:role/Reader",
        Action = "Attach the policy X",
        Operation = "AttachRolePolicy",
        Input = new JsonObject { ["RoleName"] = "Reader", ["PolicyArn"] = "arn:aws:iam::aws:policy/X" },
    };

    private static HttpResponseMessage Without(string fault) => fault switch
    {
        "broken" => throw new HttpRequestException("broke", new System.IO.IOException("broke")),
        "500" => StubTransport.Answer(Missing.Replace("NoSuchEntity", "ServiceFailure", StringComparison.Ordinal), 500),
        _ => StubTransport.Answer("<CreateRoleResponse><Cre"),
    };

    private static string Action(string body) => body.Split('&').Single(part => part.StartsWith("Action=", StringComparison.Ordinal))[7..];

    private static async Task ApplyAsync(StubTransport aws, CancellationToken cancellationToken = default, params RoleChange[] changes)
    {
        using var client = aws.Client();
        var caller = new AwsCaller(client, StubTransport.Call("iam", "ListRoles").Target);
        await new RoleChanger(caller, new RolePatience(new NotedTime())).ApplyAsync(changes.Length == 0 ? [Create] : changes, null, cancellationToken);
    }
}
