using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using CloudPosture.Tests.Aws.Fidelity;

namespace CloudPosture.Tests.Reporting;

/// <summary>ASFF by the limits that AWS documents, and by the model of BatchImportFindings in botocore.</summary>
public sealed class AsffReportTests
{
    private const string Validation = """
        import json, sys, botocore.session, botocore.validate
        model = botocore.session.get_session().get_service_model('securityhub').operation_model('BatchImportFindings')
        findings = json.load(sys.stdin)
        for at in range(0, len(findings), 100):
            report = botocore.validate.ParamValidator().validate({'Findings': findings[at:at + 100]}, model.input_shape)
            if report.has_errors():
                print(report.generate_report())
        """;

    [Fact]
    public void AFailureIsAFindingOfTheAccountsOwnProduct()
    {
        var finding = Assert.Single(Findings(ReportSamples.One));

        Assert.Equal("arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default", Text(finding, "ProductArn"));
        Assert.Equal("FAILED", Text(finding.GetProperty("Compliance"), "Status"));
        Assert.Equal("CRITICAL", Text(finding.GetProperty("FindingProviderFields").GetProperty("Severity"), "Label"));
        Assert.Equal("AwsS3Bucket", Text(finding.GetProperty("Resources")[0], "Type"));
        Assert.Equal("arn:aws:s3:::accounts-2026", Text(finding.GetProperty("Resources")[0], "Id"));
        Assert.Equal("NEW", Text(finding.GetProperty("Workflow"), "Status"));
        Assert.NotEmpty(Text(finding.GetProperty("Remediation").GetProperty("Recommendation"), "Text"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void NoTextIsBlankForABatchWithOneIsRefused(string blank)
    {
        var finding = Assert.Single(Findings(ReportSamples.One with { Status = FindingStatus.Manual, Title = blank, Evidence = blank, ResourceName = blank, ResourceArn = blank }));

        Assert.All(
            [finding.GetProperty("Title"), finding.GetProperty("Resources")[0].GetProperty("Id"), finding.GetProperty("Compliance").GetProperty("StatusReasons")[0].GetProperty("Description"), .. finding.GetProperty("ProductFields").EnumerateObject().Select(field => field.Value)],
            text => Assert.False(string.IsNullOrWhiteSpace(text.GetString())));
    }

    [Theory]
    [InlineData("arn:aws-cn:s3:::b", "arn:aws-cn:securityhub:cn-north-1:")]
    [InlineData("arn:aws-us-gov:iam::111122223333:root", "arn:aws-us-gov:securityhub:us-gov-west-1:")]
    [InlineData("arn:aws:iam::111122223333:root", "arn:aws:securityhub:us-east-1:")]
    public void WhatBelongsToNoRegionIsImportedWhereItsPartitionKeepsIt(string arn, string product) =>
        Assert.StartsWith(product, Text(Assert.Single(Findings(ReportSamples.One with { Region = "global", ResourceArn = arn })), "ProductArn"), StringComparison.Ordinal);

    [Theory]
    [InlineData(FindingStatus.Pass, "PASSED", "RESOLVED")]
    [InlineData(FindingStatus.Excepted, "FAILED", "SUPPRESSED")]
    [InlineData(FindingStatus.NotAssessed, "NOT_AVAILABLE", "NEW")]
    [InlineData(FindingStatus.Manual, "NOT_AVAILABLE", "NEW")]
    public void AStatusIsWhatSecurityHubCallsIt(FindingStatus status, string compliance, string workflow)
    {
        var finding = Assert.Single(Findings(ReportSamples.One with { Status = status }));

        Assert.Equal(compliance, Text(finding.GetProperty("Compliance"), "Status"));
        Assert.Equal(workflow, Text(finding.GetProperty("Workflow"), "Status"));
    }

    [Theory]
    [InlineData("AWS::EC2::SecurityGroup", "AwsEc2SecurityGroup")]
    [InlineData("AWS::EC2::VPCEndpointService", "AwsEc2VpcEndpointService")]
    [InlineData("AWS::RDS::DBInstance", "AwsRdsDbInstance")]
    [InlineData("AWS::IAM::ManagedPolicy", "AwsIamPolicy")]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", "AwsElbv2LoadBalancer")]
    [InlineData("AWS::::Account", "AwsAccount")]
    [InlineData("Custom::Thing", "Other")]
    public void ResourcesHaveSecurityHubsNames(string type, string name) =>
        Assert.Equal(name, Text(Assert.Single(Findings(ReportSamples.One with { ResourceType = type })).GetProperty("Resources")[0], "Type"));

    [Fact]
    public void LimitsAreKeptWhateverTheNames()
    {
        var findings = Findings(ReportSamples.Many(300).Concat(ReportSamples.Hostile)).ToList();

        Assert.Equal(300 + ReportSamples.Hostile.Count, findings.Count);
        Assert.All(findings, finding =>
        {
            Assert.InRange(Text(finding, "Id").Length, 1, 512);
            Assert.InRange(Text(finding, "ProductArn").Length, 12, 2048);
            Assert.InRange(Text(finding, "GeneratorId").Length, 1, 512);
            Assert.InRange(Text(finding, "Title").Length, 1, 256);
            Assert.InRange(Text(finding, "Description").Length, 1, 1024);
            Assert.Equal(12, Text(finding, "AwsAccountId").Length);
            Assert.InRange(Text(finding.GetProperty("Resources")[0], "Id").Length, 1, 512);
            Assert.All(finding.GetProperty("Compliance").GetProperty("RelatedRequirements").EnumerateArray(), text => Assert.InRange(text.GetString()!.Length, 1, 64));
            Assert.True(finding.GetProperty("Compliance").GetProperty("RelatedRequirements").GetArrayLength() <= 32);
            Assert.All(finding.GetProperty("ProductFields").EnumerateObject(), field => Assert.InRange(field.Value.GetString()!.Length, 1, 2048));
            Assert.True(Encoding.UTF8.GetByteCount(finding.GetRawText()) <= 240 * 1024);
        });
        Assert.Equal(findings.Count, findings.Select(finding => Text(finding, "Id")).Distinct().Count() + ReportSamples.Hostile.Count);
    }

    [BotocoreFact]
    public async Task BotocoreTakesThemAsTheInputOfBatchImportFindings() =>
        Assert.Empty(await Python.RunAsync(["-c", Validation], ReportSamples.Text(ReportFormat.Asff, ReportSamples.Many(150).Concat(ReportSamples.Hostile))));

    [Fact]
    public void NoFindingIsAnEmptyList() => Assert.Empty(Findings());

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<JsonElement> Findings(params IEnumerable<Finding> findings) => ReportSamples.Json(ReportFormat.Asff, findings).EnumerateArray();
}
