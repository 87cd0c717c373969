using CloudPosture.Text;

namespace CloudPosture.Tests.Text;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("https://evil.example/x", "https&#58;//evil.example/x")]
    [InlineData("see www.evil.example", "see www&#46;evil.example")]
    [InlineData("~~struck~~", @"\~\~struck\~\~")]
    [InlineData("[a](b) <c> & `d`", @"\[a\](b) &lt;c> &amp; \`d\`")]
    [InlineData("arn:aws:s3:::bucket", "arn:aws:s3:::bucket")]
    public void ANameIsNeitherALinkNorMarkup(string name, string shown) => Assert.Equal(shown, MarkdownText.Plain(name));
}
