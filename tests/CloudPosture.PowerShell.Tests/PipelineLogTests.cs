using System;
using CloudPosture.Lake;
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
    public void At_a_prompt_nothing_is_written() => Assert.Null(PipelineLog.Line(Hostile, isAzure: false, isGitHub: false));
}
