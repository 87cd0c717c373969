using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State;
using CloudPosture.Sandbox.State.Generation;
using CloudPosture.Sandbox.State.Iam;

namespace CloudPosture.Sandbox.Auth;

/// <summary>The places that programs without keys ask for credentials: instance metadata (version 2), the container's endpoint and the SSO portal.</summary>
internal sealed class CredentialEndpoints(World world, SandboxMachine machine)
{
    private const string Metadata = "/latest/";
    private const string RolePath = "/latest/meta-data/iam/security-credentials/";
    private const string TokenTtl = "x-aws-ec2-metadata-token-ttl-seconds";
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    /// <summary>Answers a request to one of the endpoints.</summary>
    /// <returns>The answer; null for requests to AWS's services.</returns>
    public WireAnswer? Answer(WireRequest request)
    {
        if (request.Header("authorization")?.StartsWith("AWS4-", StringComparison.Ordinal) == true)
        {
            return null;
        }

        return request.RawPath switch
        {
            SandboxMachine.ContainerPath => Container(request),
            "/federation/credentials" => Portal(request),
            var path when path.StartsWith(Metadata, StringComparison.Ordinal) => Instance(request, path),
            _ => null,
        };
    }

    private WireAnswer Instance(WireRequest request, string path)
    {
        if (!machine.HasInstanceMetadata || request.Header("x-forwarded-for") is not null)
        {
            return Text(403, "Forbidden");
        }

        if (path == "/latest/api/token")
        {
            return request.Method == "PUT" ? NewToken(request) : Text(405, "Method Not Allowed");
        }

        if (request.Header("x-aws-ec2-metadata-token") is not { } token || !_tokens.TryGetValue(token, out var end) || end <= world.Clock.GetUtcNow())
        {
            return Text(401, "Unauthorized");
        }

        return path switch
        {
            RolePath or "/latest/meta-data/iam/security-credentials" => Text(200, SandboxMachine.Role),
            RolePath + SandboxMachine.Role => Instance(),
            "/latest/meta-data/instance-id" => Text(200, SandboxMachine.InstanceId),
            "/latest/meta-data/placement/region" => Text(200, machine.Region),
            "/latest/meta-data/placement/availability-zone" => Text(200, machine.Region + "a"),
            "/latest/dynamic/instance-identity/document" => Document(new JsonObject { ["accountId"] = machine.Account.Id, ["instanceId"] = SandboxMachine.InstanceId, ["region"] = machine.Region }),
            _ => Text(404, "Not Found"),
        };
    }

    private WireAnswer Instance()
    {
        var answer = Keys(Issue(machine.Account, SandboxMachine.Role, SandboxMachine.InstanceId)!);
        (answer["Code"], answer["LastUpdated"], answer["Type"]) = ("Success", world.Now, "AWS-HMAC");
        return Document(answer);
    }

    private WireAnswer NewToken(WireRequest request)
    {
        if (!int.TryParse(request.Header(TokenTtl), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 21600)
        {
            return Text(400, "Bad Request");
        }

        var token = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        _tokens[token] = world.Clock.GetUtcNow().AddSeconds(seconds);
        var answer = Text(200, token);
        answer.Headers[TokenTtl] = Cell.Number(seconds);
        return answer;
    }

    private WireAnswer Container(WireRequest request)
    {
        if (request.Header("authorization") != machine.ContainerToken)
        {
            return Document(new JsonObject { ["code"] = "AccessDenied", ["message"] = "The authorization token is missing or wrong." }, 403);
        }

        var answer = Keys(Issue(machine.Account, SandboxMachine.Role, "container")!);
        answer["RoleArn"] = $"arn:aws:iam::{machine.Account.Id}:role/{SandboxMachine.Role}";
        return Document(answer);
    }

    private WireAnswer Portal(WireRequest request)
    {
        if (request.Header("x-amz-sso_bearer_token") != machine.SsoToken)
        {
            return Refused("UnauthorizedException", "Session token not found or invalid", 401);
        }

        var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (!query.TryGetValue("role_name", out var role) || !query.TryGetValue("account_id", out var id))
        {
            return Refused("InvalidRequestException", "role_name and account_id are required", 400);
        }

        if (world.Organization.Find(id) is not { } account || Issue(account, role, "signed-in") is not { } key)
        {
            return Refused("ForbiddenException", "No access", 403);
        }

        return Document(new JsonObject
        {
            ["roleCredentials"] = new JsonObject
            {
                ["accessKeyId"] = key.AccessKeyId,
                ["secretAccessKey"] = key.SecretAccessKey,
                ["sessionToken"] = key.SessionToken,
                ["expiration"] = key.Expires!.Value.ToUnixTimeMilliseconds(),
            },
        });
    }

    private IssuedKey? Issue(SandboxAccount account, string role, string session)
    {
        if (IamService.FindRole(world, world.Organization.Global(account), role) is not { } found)
        {
            return null;
        }

        var name = (string)found["RoleName"]!;
        var principal = new Principal(account.Id, $"arn:aws:sts::{account.Id}:assumed-role/{name}/{session}", $"{found["RoleId"]}:{session}", PrincipalKind.RoleSession, name);
        return world.Keys.IssueSession(principal, world.Clock.GetUtcNow() + machine.Lifetime);
    }

    private static JsonObject Keys(IssuedKey key) => new()
    {
        ["AccessKeyId"] = key.AccessKeyId,
        ["SecretAccessKey"] = key.SecretAccessKey,
        ["Token"] = key.SessionToken,
        ["Expiration"] = WireTime.Text(key.Expires!.Value),
    };

    private static WireAnswer Refused(string code, string message, int status)
    {
        var answer = Document(new JsonObject { ["message"] = message, ["__type"] = $"com.amazonaws.switchboard.portal#{code}" }, status);
        answer.Headers["x-amzn-ErrorType"] = code;
        return answer;
    }

    private static WireAnswer Document(JsonObject body, int status = 200) => new() { Status = status, ContentType = "application/json", Body = Encoding.UTF8.GetBytes(body.ToJsonString()) };

    private static WireAnswer Text(int status, string body) => new() { Status = status, ContentType = "text/plain", Body = Encoding.UTF8.GetBytes(body) };
}
