using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Tests.Batch;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>An AWS CLI that answers each question of a script with a text of one's own, and notes what was written.</summary>
internal sealed class IamStandIn(BatchDisk disk)
{
    private const string Absent = "\r\nAn error occurred (NoSuchEntity) when calling the operation: It cannot be found.\r\n";

    /// <summary>What is asked, and so what may be answered.</summary>
    public static readonly IReadOnlyList<string> Questions = ["account", "version", "same", "found", "profile", "held"];

    /// <summary>Answers by question; what has none is not there.</summary>
    public Dictionary<string, string> Answers { get; } = new() { ["account"] = TestRoles.Hub };

    /// <summary>The commands that change something, as the AWS CLI reads them.</summary>
    public List<string[]> Calls { get; } = [];

    public BatchAnswer Call(IReadOnlyList<string> arguments)
    {
        if (Question(arguments) is { } question)
        {
            return Answers.TryGetValue(question, out var answer) ? new BatchAnswer(0, answer + "\r\n") : new BatchAnswer(254, "", Absent);
        }

        Calls.Add([.. arguments.Select(Followed)]);
        return new BatchAnswer(0, "{}");
    }

    private static string? Question(IReadOnlyList<string> arguments)
    {
        if (arguments[0] == "sts")
        {
            return "account";
        }

        var query = arguments.SkipWhile(argument => argument != "--query").ElementAtOrDefault(1);
        return query switch
        {
            null => null,
            "Policy.DefaultVersionId" => "version",
            "Role.Arn" => "found",
            "InstanceProfile.Arn" => "profile",
            "InstanceProfile.Roles[].RoleName" => "held",
            _ when query.Contains("PolicyVersion.Document", StringComparison.Ordinal) => "same",
            _ => throw new InvalidOperationException(query),
        };
    }

    private string Followed(string argument) =>
        argument.StartsWith("file://", StringComparison.Ordinal) ? disk.Read(argument["file://".Length..]) ?? throw new InvalidOperationException($"There is no {argument}.") : argument;
}
