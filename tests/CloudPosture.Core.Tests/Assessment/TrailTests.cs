using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Tests.Assessment;

public sealed class TrailTests
{
    private const string Home = "us-east-1";
    private const string AllManagement = """{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":true,"DataResources":[]}]}""";
    private const string Monitor = "{derived: metricFilterAlarm, with: {samples: [{eventName: DeleteTrail}, {eventName: StopLogging}], ignores: [{eventName: ListBuckets}]}}";
    private const string Both = "{ $.eventName = DeleteTrail || $.eventName = StopLogging }";

    [Theory]
    [InlineData(true, true, AllManagement, FindingStatus.Pass)]
    [InlineData(false, true, AllManagement, FindingStatus.Fail)]
    [InlineData(true, false, AllManagement, FindingStatus.Fail)]
    [InlineData(true, true, """{"EventSelectors":[{"ReadWriteType":"WriteOnly","IncludeManagementEvents":true}]}""", FindingStatus.Fail)]
    [InlineData(true, true, """{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":false}]}""", FindingStatus.Fail)]
    [InlineData(true, true, """{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}]}""", FindingStatus.Pass)]
    [InlineData(true, true, """{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]},{"Field":"readOnly","Equals":["false"]}]}]}""", FindingStatus.Fail)]
    public void One_trail_covers_every_region_and_all_management_events(bool multiRegion, bool logging, string selectors, FindingStatus expected) =>
        Assert.Equal(expected, Status("{derived: multiRegionTrail}", [Trail(selectors, multiRegion, logging)]));

    [Theory]
    [InlineData("""{"EventSelectors":[{"ReadWriteType":"All","DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}]}]}""", true, true)]
    [InlineData("""{"EventSelectors":[{"ReadWriteType":"All","DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3:::"]}]}]}""", true, true)]
    [InlineData("""{"EventSelectors":[{"ReadWriteType":"WriteOnly","DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}]}]}""", true, false)]
    [InlineData("""{"EventSelectors":[{"ReadWriteType":"All","DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3:::one-bucket/"]}]}]}""", false, false)]
    [InlineData("""{"EventSelectors":[{"ReadWriteType":"All","DataResources":[{"Type":"AWS::Lambda::Function","Values":["arn:aws:lambda"]}]}]}""", false, false)]
    [InlineData("""{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]},{"Field":"resources.type","Equals":["AWS::S3::Object"]}]}]}""", true, true)]
    [InlineData("""{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]},{"Field":"resources.type","Equals":["AWS::S3::Object"]},{"Field":"readOnly","Equals":["true"]}]}]}""", false, true)]
    [InlineData("""{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]},{"Field":"resources.type","Equals":["AWS::S3::Object"]},{"Field":"resources.ARN","StartsWith":["arn:aws:s3:::b/"]}]}]}""", false, false)]
    public void Object_events_are_recorded_for_every_bucket(string selectors, bool writes, bool reads)
    {
        Assert.Equal(writes ? FindingStatus.Pass : FindingStatus.Fail, Status("{derived: trailLogsS3Events, with: {readWrite: write}}", [Trail(selectors)]));
        Assert.Equal(reads ? FindingStatus.Pass : FindingStatus.Fail, Status("{derived: trailLogsS3Events, with: {readWrite: read}}", [Trail(selectors)]));
    }

    [Fact]
    public void A_whole_chain_passes_and_evidence_names_it()
    {
        var finding = Find(Monitor, [.. Chain()]);

        Assert.Equal(FindingStatus.Pass, finding.Status);
        Assert.Equal("filter f1 with alarm a1", finding.Evidence);
    }

    [Fact]
    public void Two_filters_may_share_the_work() => Assert.Equal(FindingStatus.Pass, Status(
        Monitor,
        [Trail(AllManagement), Filter("f1", "{ $.eventName = DeleteTrail }"), Filter("f2", "{ $.eventName = StopLogging }"), Alarm(), Topic("arn:aws:sns:us-east-1:111122223333:t:1")]));

    public static TheoryData<string, FindingStatus> BrokenChains() => new()
    {
        { "no trail", FindingStatus.Fail },
        { "half the events", FindingStatus.Fail },
        { "everything matches", FindingStatus.Fail },
        { "other log group", FindingStatus.Fail },
        { "other Region", FindingStatus.Fail },
        { "other metric", FindingStatus.Fail },
        { "actions off", FindingStatus.Fail },
        { "nobody confirmed", FindingStatus.Fail },
        { "KMS left out", FindingStatus.Fail },
        { "KMS left out by a field", FindingStatus.Fail },
        { "no delivery to the log group", FindingStatus.Fail },
        { "no delivery to the bucket", FindingStatus.Pass },
        { "topic of another account", FindingStatus.NotAssessed },
        { "log group of another account", FindingStatus.NotAssessed },
    };

    [Theory]
    [MemberData(nameof(BrokenChains))]
    public void A_chain_is_as_strong_as_its_weakest_link(string broken, FindingStatus expected)
    {
        var chain = Chain().ToDictionary(resource => resource.Type);
        Resource? replaced = broken switch
        {
            "half the events" => Filter("f1", "{ $.eventName = DeleteTrail }"),
            "everything matches" => Filter("f1", "{ $.eventName = * }"),
            "other log group" => Filter("f1", Both, group: "other"),
            "other Region" => Filter("f1", Both) with { Region = "eu-west-1" },
            "other metric" => Alarm(metric: "other"),
            "actions off" => Alarm(enabled: false),
            "nobody confirmed" => Topic("PendingConfirmation"),
            "KMS left out" => Trail("""{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":true,"ExcludeManagementEventSources":["kms.amazonaws.com"]}]}"""),
            "KMS left out by a field" => Trail("""{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]},{"Field":"eventSource","NotEquals":["kms.amazonaws.com"]}]}]}"""),
            "no delivery to the log group" => Trail(AllManagement, error: "LatestCloudWatchLogsDeliveryError"),
            "no delivery to the bucket" => Trail(AllManagement, error: "LatestDeliveryError"),
            "topic of another account" => Alarm(topicAccount: "444455556666"),
            "log group of another account" => Trail(AllManagement, logsAccount: "444455556666"),
            _ => null,
        };
        chain = broken == "no trail" ? chain.Where(link => link.Key != "AWS::CloudTrail::Trail").ToDictionary() : chain;
        if (replaced is not null)
        {
            chain[replaced.Type] = replaced;
        }

        Assert.Equal(expected, Status(Monitor, [.. chain.Values]));
    }

    [Fact]
    public void Alarms_that_could_not_be_listed_leave_the_question_open()
    {
        var account = Given.Account(Trail(AllManagement)) with { Gaps = [Given.Gap("AWS::CloudWatch::Alarm", action: "cloudwatch:DescribeAlarms")] };

        var finding = Assessor.Assess(account, Rule(Monitor)).Single();

        Assert.Equal(FindingStatus.NotAssessed, finding.Status);
        Assert.Contains("cloudwatch:DescribeAlarms", finding.Evidence);
    }

    [Theory]
    [InlineData("{derived: multiRegionTrail}")]
    [InlineData("{derived: trailLogsS3Events, with: {readWrite: write}}")]
    [InlineData(Monitor)]
    public void A_trail_of_the_organization_that_may_not_be_asked_about_leaves_the_question_open(string condition)
    {
        var trail = Trail(AllManagement, logging: false) with { Gaps = [Given.Gap("AWS::CloudTrail::Trail", "Status", action: "cloudtrail:GetTrailStatus")] };

        var finding = Find(condition, [trail, .. Chain().Skip(1)]);

        Assert.Equal(FindingStatus.NotAssessed, finding.Status);
        Assert.Contains("cloudtrail:GetTrailStatus", finding.Evidence);
    }

    private static FindingStatus Status(string condition, IReadOnlyList<Resource> resources) => Find(condition, resources).Status;

    private static Finding Find(string condition, IReadOnlyList<Resource> resources) => Assessor.Assess(Given.Account(resources), Rule(condition)).Single();

    private static RuleSet Rule(string condition) => Given.Rule("AWS::::Account", condition, "scope: account");

    private static IEnumerable<Resource> Chain() => [Trail(AllManagement), Filter("f1", Both), Alarm(), Topic("arn:aws:sns:us-east-1:111122223333:t:1")];

    private static Resource Trail(string selectors, bool multiRegion = true, bool logging = true, string logsAccount = Given.AccountId, string error = "LatestNotificationError") => Given.Resource(
        "AWS::CloudTrail::Trail",
        "main",
        "arn:aws:cloudtrail:us-east-1:111122223333:trail/main",
        $$$"""{"IsMultiRegionTrail":{{{Text(multiRegion)}}},"Status":{"IsLogging":{{{Text(logging)}}},"{{{error}}}":"AccessDenied"},"EventSelectors":{{{selectors}}},"CloudWatchLogsLogGroupArn":"arn:aws:logs:us-east-1:{{{logsAccount}}}:log-group:trail:*"}""",
        Home);

    private static Resource Filter(string name, string pattern, string group = "trail") => Given.Resource(
        "AWS::Logs::MetricFilter",
        name,
        $"arn:filter:{name}",
        $$"""{"filterName":"{{name}}","logGroupName":"{{group}}","filterPattern":"{{pattern}}","metricTransformations":[{"metricName":"m","metricNamespace":"ns"}]}""",
        Home);

    private static Resource Alarm(string metric = "m", bool enabled = true, string topicAccount = Given.AccountId) => Given.Resource(
        "AWS::CloudWatch::Alarm",
        "a1",
        "arn:alarm",
        $$"""{"MetricName":"{{metric}}","Namespace":"ns","ActionsEnabled":{{Text(enabled)}},"AlarmActions":["arn:aws:sns:us-east-1:{{topicAccount}}:t"]}""",
        Home);

    private static Resource Topic(string subscription) => Given.Resource(
        "AWS::SNS::Topic",
        "arn:aws:sns:us-east-1:111122223333:t",
        "arn:aws:sns:us-east-1:111122223333:t",
        $$"""{"Subscriptions":[{"SubscriptionArn":"{{subscription}}"}]}""",
        Home);

    private static string Text(bool value) => value ? "true" : "false";
}
