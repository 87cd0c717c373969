using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>AWS Security Token Service.</summary>
internal static partial class StsService
{
    private static readonly TimeSpan ChainLimit = TimeSpan.FromHours(1);

    public static void Register(HandlerTable table)
    {
        table["sts", "GetCallerIdentity"] = call => new JsonObject
        {
            ["UserId"] = call.Caller!.UserId,
            ["Account"] = call.Caller.AccountId,
            ["Arn"] = call.Caller.Arn,
        };
        table["sts", "AssumeRole"] = AssumeRole;
        table["sts", "AssumeRoleWithWebIdentity"] = AssumeRoleWithWebIdentity;
        table["sts", "GetSessionToken"] = GetSessionToken;
    }

    private static Answer AssumeRole(CallContext call)
    {
        var (account, name) = RoleOf(call);
        var session = SessionOf(call);
        var caller = call.Caller!;
        if (call.Text("ExternalId") is { } externalId && !ExternalIdForm().IsMatch(externalId))
        {
            throw Invalid("externalId", externalId, @"Member must satisfy regular expression pattern: [\w+=,.@:\/-]*, and have a length from 2 to 1224");
        }

        if (caller.Kind == PrincipalKind.Root)
        {
            throw new AwsError("AccessDenied", "Roles may not be assumed by root accounts.", 403);
        }

        var role = RoleTrusting(
            call, account, name, "sts:AssumeRole",
            [("AWS", caller.IdentityArn), ("AWS", caller.Arn), ("AWS", caller.AccountId), ("AWS", $"arn:aws:iam::{caller.AccountId}:root")],
            new() { ["aws:multifactorauthpresent"] = HasMfa(call, caller) ? "true" : "false" })
            ?? throw new AwsError("AccessDenied", $"User: {caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {call.Need("RoleArn")}", 403);
        var duration = DurationOf(call, role);
        var isChained = caller.Kind == PrincipalKind.RoleSession;
        return isChained && duration > ChainLimit
            ? throw new AwsError("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
            : Session(call, account, (string)role["RoleName"]!, (string)role["RoleId"]!, session, duration);
    }

    /// <summary>Whether the request proves that the caller has an MFA device. Any six digits are right, once.</summary>
    private static bool HasMfa(CallContext call, Principal caller)
    {
        switch (call.Text("SerialNumber"), call.Text("TokenCode"))
        {
            case (null, null):
                return false;
            case (null, _) or (_, null):
                throw new AwsError("AccessDenied", "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. ", 403);
            case ({ } serial, _) when serial.StartsWith("arn:", StringComparison.Ordinal) && !serial.Contains($"::{caller.AccountId}:mfa/", StringComparison.Ordinal):
                throw new AwsError("AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user. ", 403);
            case ({ } serial, { } code):
                return call.World.TakeCode(serial, code) ? true : throw new AwsError("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", 403);
        }
    }

    private static Answer AssumeRoleWithWebIdentity(CallContext call)
    {
        var (account, name) = RoleOf(call);
        var session = SessionOf(call);
        var token = WebIdentityToken.Parse(call.Need("WebIdentityToken"))
            ?? throw new AwsError("InvalidIdentityToken", "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        if (token.Expires <= call.World.Clock.GetUtcNow())
        {
            throw new AwsError("ExpiredTokenException", "Token expired: current date/time must be before the expiration date/time");
        }

        var provider = $"arn:aws:iam::{account}:oidc-provider/{token.Issuer}";
        var role = RoleTrusting(call, account, name, "sts:AssumeRoleWithWebIdentity", [("Federated", provider)], new()
        {
            [token.Issuer.ToLowerInvariant() + ":aud"] = token.Audience,
            [token.Issuer.ToLowerInvariant() + ":sub"] = token.Subject,
        }) ?? throw new AwsError("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403);
        var answer = Session(call, account, (string)role["RoleName"]!, (string)role["RoleId"]!, session, DurationOf(call, role));
        answer["SubjectFromWebIdentityToken"] = token.Subject;
        answer["Audience"] = token.Audience;
        answer["Provider"] = provider;
        return answer;
    }

    private static Answer GetSessionToken(CallContext call)
    {
        var caller = call.Caller!;
        if (caller.Kind == PrincipalKind.RoleSession)
        {
            throw new AwsError("AccessDenied", "Cannot call GetSessionToken with session credentials", 403);
        }

        var seconds = call.Text("DurationSeconds") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 43200;
        var key = call.World.Keys.IssueSession(caller, call.World.Clock.GetUtcNow().AddSeconds(seconds));
        return new JsonObject { ["Credentials"] = Credentials(key) };
    }

    private static JsonObject Session(CallContext call, string account, string role, string roleId, string session, TimeSpan duration)
    {
        var arn = $"arn:aws:sts::{account}:assumed-role/{role}/{session}";
        var id = $"{roleId}:{session}";
        var principal = new Principal(account, arn, id, PrincipalKind.RoleSession, role);
        var key = call.World.Keys.IssueSession(principal, call.World.Clock.GetUtcNow() + duration);
        return new JsonObject
        {
            ["Credentials"] = Credentials(key),
            ["AssumedRoleUser"] = new JsonObject { ["AssumedRoleId"] = id, ["Arn"] = arn },
        };
    }

    /// <summary>Temporary credentials as STS answers them.</summary>
    public static JsonObject Credentials(IssuedKey key) => new()
    {
        ["AccessKeyId"] = key.AccessKeyId,
        ["SecretAccessKey"] = key.SecretAccessKey,
        ["SessionToken"] = key.SessionToken,
        ["Expiration"] = WireTime.Text(key.Expires!.Value),
    };

    /// <summary>The role where it is there and lets the caller in; STS answers the same for both failures.</summary>
    private static JsonObject? RoleTrusting(
        CallContext call, string accountId, string name, string action,
        IReadOnlyList<(string Kind, string Value)> principals, Dictionary<string, string>? context = null)
    {
        if (call.Organization.Find(accountId) is not { } account || IamService.FindRole(call.World, call.Organization.Global(account), name) is not { } role)
        {
            return null;
        }

        if (!string.Equals((string?)role["Arn"], call.Need("RoleArn"), StringComparison.OrdinalIgnoreCase)
            || (call.World.Iam.Role(accountId, name) is { } written && call.World.Iam.IsPropagating((string)written["RoleId"]!)))
        {
            return null;
        }

        context ??= [];
        context["aws:principalorgid"] = call.Organization.Id;
        context["aws:securetransport"] = "true";
        if (call.Text("ExternalId") is { } externalId)
        {
            context["sts:externalid"] = externalId;
        }

        return TrustPolicy.Allows((string)role["AssumeRolePolicyDocument"]!, action, principals, context) ? role : null;
    }

    private static (string Account, string Name) RoleOf(CallContext call)
    {
        var arn = call.Need("RoleArn");
        return RoleArnForm().Match(arn) is { Success: true } match
            ? (match.Groups["account"].Value, match.Groups["name"].Value)
            : throw new AwsError("ValidationError", $"{arn} is invalid");
    }

    private static string SessionOf(CallContext call)
    {
        var session = call.Need("RoleSessionName");
        return SessionForm().IsMatch(session) ? session : throw Invalid("roleSessionName", session, @"Member must satisfy regular expression pattern: [\w+=,.@-]*");
    }

    private static TimeSpan DurationOf(CallContext call, JsonObject role)
    {
        var seconds = call.Text("DurationSeconds") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 3600;
        if (seconds is < 900 or > 43200)
        {
            throw Invalid("durationSeconds", Cell.Number(seconds), seconds < 900 ? "Member must have value greater than or equal to 900" : "Member must have value less than or equal to 43200");
        }

        return seconds > (role["MaxSessionDuration"]?.GetValue<int>() ?? 3600)
            ? throw new AwsError("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
            : TimeSpan.FromSeconds(seconds);
    }

    private static AwsError Invalid(string member, string value, string constraint) =>
        new("ValidationError", $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::(?<account>\d{12}):role/(?:[\x21-\x7e]+/)?(?<name>[\w+=,.@-]{1,64})$")]
    private static partial Regex RoleArnForm();

    [GeneratedRegex(@"^[\w+=,.@-]{2,64}$")]
    private static partial Regex SessionForm();

    [GeneratedRegex(@"^[\w+=,.@:/-]{2,1224}$")]
    private static partial Regex ExternalIdForm();
}
