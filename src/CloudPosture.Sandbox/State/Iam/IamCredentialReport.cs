using System;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>IAM's credential report: a line of comma-separated values for the root user and each other.</summary>
internal static class IamCredentialReport
{
    public static State.Answer Answer(CallContext call)
    {
        var cell = call.Global;
        var users = Enumerable.Range(0, IamUsers.Type.Count(cell)).Select(index => IamUsers.ReportLine(cell, index));
        var lines = users.Prepend(RootLine(cell)).ToList();
        var text = string.Join(',', lines[0].Select(column => column.Key)) + "\n"
            + string.Join('\n', lines.Select(line => string.Join(',', line.Select(column => Column((string)column.Value!)))));
        return new JsonObject
        {
            ["Content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            ["ReportFormat"] = "text/csv",
            ["GeneratedTime"] = call.World.Now,
        };
    }

    // The report's timestamps end in +00:00 where the state's end in Z.
    private static string Column(string value) => value.EndsWith('Z') && value.Contains('T', StringComparison.Ordinal) && char.IsDigit(value[0])
        ? WireTime.Parse(value).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)
        : value;

    private static JsonObject RootLine(Cell cell)
    {
        const string None = "N/A";
        var hasKey = cell.Fails("IAM.RootAccessKey");
        return new JsonObject
        {
            ["user"] = "<root_account>",
            ["arn"] = cell.Arn("iam", "root"),
            ["user_creation_time"] = cell.DaysAgo(1500),
            ["password_enabled"] = "not_supported",
            ["password_last_used"] = cell.DaysAgo(cell.Fails("IAM.RootRecentUse") ? 0.5 : 400),
            ["password_last_changed"] = "not_supported",
            ["password_next_rotation"] = "not_supported",
            ["mfa_active"] = cell.Fails("IAM.RootMfa") ? "false" : "true",
            ["access_key_1_active"] = hasKey ? "true" : "false",
            ["access_key_1_last_rotated"] = hasKey ? cell.DaysAgo(80) : None,
            ["access_key_1_last_used_date"] = hasKey ? cell.DaysAgo(40) : None,
            ["access_key_1_last_used_region"] = hasKey ? "us-east-1" : None,
            ["access_key_1_last_used_service"] = hasKey ? "s3" : None,
            ["access_key_2_active"] = "false",
            ["access_key_2_last_rotated"] = None,
            ["access_key_2_last_used_date"] = None,
            ["access_key_2_last_used_region"] = None,
            ["access_key_2_last_used_service"] = None,
            ["cert_1_active"] = "false",
            ["cert_1_last_rotated"] = None,
            ["cert_2_active"] = "false",
            ["cert_2_last_rotated"] = None,
        };
    }
}
