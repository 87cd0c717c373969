using System.Linq;
using CloudPosture.Text;

namespace CloudPosture.Tests.Text;

public sealed class HostileTextTests
{
    [Theory]
    [InlineData("admin\u200B", "admin\uFFFD")]
    [InlineData("ad\u2060min", "ad\uFFFDmin")]
    [InlineData("ad\u00ADmin", "ad\uFFFDmin")]
    [InlineData("a\uDB40\uDC61\uDB40\uDC62", "a\uFFFD\uFFFD\uFFFD\uFFFD")]
    public void Letters_that_nobody_sees_are_seen(string name, string shown) => Assert.Equal(shown, HostileText.OneLine(name));

    [Theory]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\U0001F468\u200D\U0001F4BB team")]
    [InlineData("日本語 é e\u0301")]
    public void What_scripts_and_emoji_are_written_with_stays(string name) => Assert.Same(name, HostileText.OneLine(name));

    /// <summary>A list or a table breaks long texts where the screen ends, so that any place can become the beginning of a line.</summary>
    [Theory]
    [InlineData("a long name ::error::owned")]
    [InlineData("x::set-output name=role::owned")]
    [InlineData("x ::ADD-MASK::a")]
    [InlineData("x ::stop-commands::token")]
    [InlineData("x ::group::hidden")]
    [InlineData("x ::endgroup::")]
    public void No_command_of_a_pipeline_waits_within_a_text(string name)
    {
        var shown = HostileText.WithoutCommands(name);

        Assert.All(Enumerable.Range(0, shown.Length), start => Assert.DoesNotMatch("^::(error|set-output|ADD-MASK|stop-commands|group|endgroup)", shown.Substring(start)));
    }

    /// <summary>Spreadsheets of other countries split a file at other signs, and quotes protect no sign within a field that they do not see begin.</summary>
    [Theory]
    [InlineData("x;=1+1", "x;'=1+1")]
    [InlineData("x,@SUM(A1)", "x,'@SUM(A1)")]
    [InlineData("x| \"+1+cmd", "x| \"'+1+cmd")]
    [InlineData("x;-1+1", "x;'-1+1")]
    [InlineData("=1;=2;\uFF1D3", "'=1;'=2;'\uFF1D3")]
    [InlineData("x,\t=1", "x,\uFFFD'=1")]
    public void No_formula_waits_behind_a_separator(string text, string field) => Assert.Equal(field, HostileText.Field(text));

    [Theory]
    [InlineData("ports -1, -1, 22")]
    [InlineData("[1,-1,+2.5]; -3")]
    [InlineData("a=b;c=d, e-f")]
    [InlineData("arn:aws:iam::111122223333:role/a,b@c")]
    public void Numbers_and_signs_within_words_stay(string text) => Assert.Same(text, HostileText.Field(text));

    [Theory]
    [InlineData("arn:aws:s3:::bucket")]
    [InlineData("arn:aws:iam::111122223333:role/errors")]
    [InlineData("AWS::EC2::Instance")]
    [InlineData("AWS::IAM::Group")]
    [InlineData("AWS::XRay::Group|111122223333|eu-west-1|arn:aws:xray:eu-west-1:111122223333:group/a/b")]
    [InlineData("2001:db8::1")]
    public void Names_with_colons_stay(string name) => Assert.Same(name, HostileText.WithoutCommands(name));
}
