using CloudPosture.Assessment.Logs;

namespace CloudPosture.Tests.Assessment;

public sealed class FilterPatternTests
{
    private const string Event = """{"eventName":"DeleteTrail","errorCode":"Client.UnauthorizedOperation","n":7,"readOnly":false,"nothing":null,"userIdentity":{"type":"Root"},"list":[{"id":"x"}]}""";

    [Theory]
    [InlineData("{ $.eventName = DeleteTrail }", true)]
    [InlineData("{$.eventName=\"DeleteTrail\"}", true)]
    [InlineData("{ ($.eventName = \"StopLogging\") || ($.eventName = \"DeleteTrail\") }", true)]
    [InlineData("{ $.eventName = Delete* }", true)]
    [InlineData("{ $.errorCode = \"*UnauthorizedOperation\" }", true)]
    [InlineData("{ $.errorCode = \"AccessDenied*\" }", false)]
    [InlineData("{ $.eventName != DeleteTrail }", false)]
    [InlineData("{ $.missing != x }", false)]
    [InlineData("{ $.missing = x }", false)]
    [InlineData("{ $.missing NOT EXISTS }", true)]
    [InlineData("{ $.eventName NOT EXISTS }", false)]
    [InlineData("{ $.eventName EXISTS }", true)]
    [InlineData("{ $.nothing IS NULL }", true)]
    [InlineData("{ $.nothing NOT EXISTS }", false)]
    [InlineData("{ $.readOnly IS FALSE }", true)]
    [InlineData("{ $.readOnly = false }", true)]
    [InlineData("{ $.readOnly IS TRUE }", false)]
    [InlineData("{ $.n > 6 && $.n <= 7 }", true)]
    [InlineData("{ $.n < 7 }", false)]
    [InlineData("{ $.n = 7 }", true)]
    [InlineData("{ $.list[0].id = x }", true)]
    [InlineData("{ $.errorCode = %Unauthorized% }", true)]
    [InlineData("{ $.errorCode != %Unauthorized% }", false)]
    [InlineData("{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventName != \"AwsServiceEvent\" }", true)]
    [InlineData("{ $.eventName = a || $.eventName = DeleteTrail && $.n = 7 }", true)]
    [InlineData("{ ($.eventName = DeleteTrail || $.eventName = a) && $.n = 8 }", false)]
    [InlineData("{ $.eventName = DeleteTrail || $.eventName = a && $.n = 8 }", true)]
    public void A_pattern_matches_as_cloudwatch_logs_would(string text, bool expected)
    {
        Assert.True(FilterPattern.TryParse(text, out var pattern));
        Assert.Equal(expected, pattern.Matches(Given.Json(Event)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ERROR")]
    [InlineData("[ip, user, status = 4*]")]
    [InlineData("{ $.eventName = }")]
    [InlineData("{ $.eventName = \"open }")]
    [InlineData("{ ($.eventName = a }")]
    [InlineData("{ $.eventName = a } rest")]
    [InlineData("{ $.eventName LIKE a }")]
    [InlineData("{ $.eventName = %(% }")]
    [InlineData("{ $..x = a }")]
    public void What_is_no_json_pattern_is_refused(string text) => Assert.False(FilterPattern.TryParse(text, out _));

    [Fact]
    public void Deep_nesting_is_refused_not_followed() =>
        Assert.False(FilterPattern.TryParse("{" + new string('(', 100_000) + "$.a = b" + new string(')', 100_000) + "}", out _));
}
