using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Tests.Aws.Fidelity;

namespace CloudPosture.Tests.Rules;

/// <summary>What a rule says to type is typed into the AWS CLI itself, which parses and validates it and sends nothing.</summary>
public sealed class CliRemediationTests
{
    private static readonly string Script = System.IO.Path.Combine(AppContext.BaseDirectory, "Rules", "cli_lines.py");

    [AwsCliFact]
    public async Task TheAwsCliTakesEveryLine()
    {
        string[] lines = [.. ShippedRules.Rules.Rules.SelectMany(rule => Commands(rule.Remediation.Cli)).Distinct()];
        Assert.True(lines.Length > 700, $"Only {lines.Length} lines.");
        Assert.Empty(await RefusedAsync(lines));
    }

    [AwsCliFact]
    public async Task ItRefusesWhatItDoesNotKnow()
    {
        string[] wrong =
        [
            "aws sqs set-queue-attribute --queue-url x",
            "aws sqs set-queue-attributes --queue-url x --attribute x",
            "aws emr create-cluster --cli-input-json file://x.json",
            "aws kms enable-key --key-id x && aws kms enable-key --key-id y",
            "aws dms modify-endpoint --endpoint-arn {resourceArn} --neptune-settings IamAuthEnabled=true",
        ];
        Assert.Equal(wrong, (await RefusedAsync(wrong)).Keys);
    }

    private static IEnumerable<string> Commands(string? text) =>
        (text ?? "").Replace("\\\n", " ").Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("aws ", StringComparison.Ordinal));

    private static async Task<Dictionary<string, string>> RefusedAsync(IEnumerable<string> lines) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(await Python.RunAsync([Script], JsonSerializer.Serialize(lines)))!;
}
