using System;

namespace CloudPosture.PowerShell.Tests;

/// <summary>Names from AWS are hostile text: nothing that steers a terminal or a pipeline's log may pass.</summary>
public sealed class DisplayTests
{
    [Theory]
    [InlineData("plain name", "plain name")]
    [InlineData("\u001b[31mred", "\uFFFD[31mred")]
    [InlineData("\u009b31mred", "\uFFFD31mred")]
    [InlineData("two\r\nlines", "two\uFFFD\uFFFDlines")]
    [InlineData("\u202Etxt.exe", "\uFFFDtxt.exe")]
    [InlineData("Bücher-バケット", "Bücher-バケット")]
    [InlineData(null, "")]
    public void Text_that_moves_the_cursor_or_the_reader_is_replaced(string? name, string shown) =>
        Assert.Equal(shown, Display.Text(name, inPipeline: false));

    [Theory]
    [InlineData("##vso[task.complete result=Failed]")]
    [InlineData("a ##[error]b")]
    [InlineData("##VSO[task.setvariable variable=x]y")]
    [InlineData("::error::b")]
    [InlineData("  ::add-mask::b")]
    public void Logging_commands_do_not_reach_a_pipeline(string name)
    {
        var shown = Display.Text(name, inPipeline: true);

        Assert.DoesNotContain("##vso[", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("^\\s*::", shown);
        Assert.DoesNotContain("##[", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_CloudFormation_keeps_its_colons_in_a_pipeline() =>
        Assert.Equal("AWS::S3::Bucket", Display.Text("AWS::S3::Bucket", inPipeline: true));

    [Fact]
    public void Colour_is_for_hosts_that_can()
    {
        Assert.Equal("Critical", Display.Severity("Critical", style: null));
        Assert.Contains("\u001b[", Display.Severity("Critical", style: new object()), StringComparison.Ordinal);
    }
}
