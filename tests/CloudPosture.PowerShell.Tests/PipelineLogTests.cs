using System;
using System.IO;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Gates;
using CloudPosture.PowerShell.Gates;

namespace CloudPosture.PowerShell.Tests;

/// <summary>What a gate writes to the log of a pipeline.</summary>
public sealed class PipelineLogTests
{
    private static readonly Finding Hostile = new()
    {
        FindingId = "a",
        RuleId = "S3.A",
        Title = "Buckets are private",
        Status = FindingStatus.Fail,
        Severity = Severity.High,
        Service = "s3",
        ResourceType = "AWS::S3::Bucket",
        ResourceId = "b",
        ResourceArn = "arn:aws:s3:::b",
        ResourceName = "100%\r\n##vso[task.setvariable variable=x]y\n::add-mask::z",
        AccountId = "111122223333",
        AccountName = "prod",
        Region = "eu-west-1",
        Evidence = "",
        FirstSeen = default,
        LastSeen = default,
        Connection = "c",
        HarvestId = "h",
    };

    [Fact]
    public void A_name_gives_Azure_Pipelines_no_command()
    {
        var line = PipelineLog.Line(Hostile, isAzure: true, isGitHub: false)!;

        Assert.StartsWith("##vso[task.logissue type=error]High: S3.A on 100%AZP25", line, StringComparison.Ordinal);
        Assert.Equal(0, line.LastIndexOf("##vso[", StringComparison.Ordinal));
        Assert.DoesNotContain(line, char.IsControl);
    }

    [Fact]
    public void A_name_gives_GitHub_no_line_of_its_own()
    {
        var line = PipelineLog.Line(Hostile, isAzure: false, isGitHub: true)!;

        Assert.StartsWith("::error title=CloudPosture::High: S3.A on 100%25", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
    }

    [Fact]
    public void A_summary_goes_to_the_page_of_the_run()
    {
        var folder = Directory.CreateTempSubdirectory("summary-").FullName;
        try
        {
            var lake = PostureLake.Open(Path.Combine(folder, "lake"));
            var summary = new GateSummary(new PostureGate(lake, ExceptionSet.Empty, new GateOrder(), DateTimeOffset.UtcNow));
            summary.Add(Hostile with { Title = "a | b <script>" });
            summary.Add(Hostile);

            var line = PipelineLog.Publish(summary, folder, Path.Combine(folder, "step.md"))!;

            Assert.StartsWith("##vso[task.uploadsummary]" + folder, line, StringComparison.Ordinal);
            var text = File.ReadAllText(line["##vso[task.uploadsummary]".Length..]);
            Assert.Equal(text + "\n", File.ReadAllText(Path.Combine(folder, "step.md")));
            Assert.Contains("the gate is shut", text, StringComparison.Ordinal);
            Assert.Contains(@"| S3.A | a \| b &lt;script> | High | 2 | 1 |", text, StringComparison.Ordinal);
            Assert.DoesNotContain("vso", text, StringComparison.Ordinal);
            Assert.Null(PipelineLog.Publish(summary, null, null));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void At_a_prompt_nothing_is_written() => Assert.Null(PipelineLog.Line(Hostile, isAzure: false, isGitHub: false));
}
