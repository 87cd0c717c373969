using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Tests.Reporting;

/// <summary>What a report could be made of: as many findings as are wanted, in accounts, rules and requirements of every kind.</summary>
internal static class Estate
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    public const int RuleCount = 24;

    private static readonly string[] Services = ["s3", "ec2", "iam", "rds"];
    private static readonly string[] Regions = ["eu-central-1", "us-east-1", "global"];

    public static ReportContent Of(int findings, int accounts = 3, string name = "thing") => new()
    {
        CreatedAt = Noon,
        Accounts = [.. Enumerable.Range(0, accounts).Select(index => Account(index, name))],
        Rules = [.. Enumerable.Range(0, RuleCount).Select(Rule)],
        Benchmarks = [Benchmark(name)],
        Findings = Enumerable.Range(0, findings).Select(index => Finding(index, accounts, name)),
        Gaps = [Gap(name)],
        Exceptions = [new ReportException { Id = "e1", Rule = RuleId(3), Reason = "The mill needs it. " + name, By = "Ann", Ticket = "T-1", Until = Noon.AddDays(5), Findings = 2 }],
        ChangesSince = Noon.AddDays(-7),
        Changes = [new ReportChange(ReportChangeKind.New, Finding(0, accounts, name)), new ReportChange(ReportChangeKind.Resolved, Finding(6, accounts, name))],
        Trend = [.. Enumerable.Range(0, 10).Select(week => new ReportTrendPoint(Noon.AddDays(7 * (week - 9)), 50, new Dictionary<Severity, int> { [Severity.High] = 40 - (3 * week), [Severity.Low] = 20 }))],
        Resources = [.. Enumerable.Range(0, accounts).Select(index => new ReportResourceCount(AccountId(index), "AWS::S3::Bucket", 10 + index))],
    };

    public static string RuleId(int index) => FormattableString.Invariant($"{Services[index % Services.Length]}.Rule{index:00}");

    public static string AccountId(int index) => FormattableString.Invariant($"{100000000000 + index}");

    /// <summary>A finding: of each twelve three fail, one is not assessed, one excepted, one manual; the others pass.</summary>
    public static Finding Finding(int index, int accounts, string name)
    {
        var rule = Rule(index % RuleCount);
        var account = index / RuleCount % accounts;
        var region = Regions[index / 7 % Regions.Length];
        return new Finding
        {
            FindingId = FormattableString.Invariant($"{index:x8}{index * 7919:x8}0123456789abcdef"),
            RuleId = rule.RuleId,
            Title = rule.Title,
            Status = (index % 12) switch
            {
                0 or 1 or 2 => FindingStatus.Fail,
                3 => FindingStatus.Excepted,
                4 => FindingStatus.NotAssessed,
                5 => FindingStatus.Manual,
                _ => FindingStatus.Pass,
            },
            Severity = rule.Severity,
            Service = rule.Service,
            ResourceType = "AWS::S3::Bucket",
            ResourceId = FormattableString.Invariant($"{name}-{index / 3}"),
            ResourceArn = FormattableString.Invariant($"arn:aws:s3:::{name}-{index / 3}"),
            ResourceName = FormattableString.Invariant($"{name}-{index / 3}"),
            AccountId = AccountId(account),
            AccountName = Account(account, name).AccountName,
            Region = region,
            Evidence = FormattableString.Invariant($"Setting.Of{index % 50} is {name} and should be true"),
            FirstSeen = Noon.AddDays(-index % 90),
            LastSeen = Noon,
            ExceptionId = index % 12 == 3 ? "e1" : null,
            Connection = "prod",
            HarvestId = "h1",
        };
    }

    private static ReportRule Rule(int index) => new()
    {
        RuleId = RuleId(index),
        Title = FormattableString.Invariant($"Rule {index} holds for everything"),
        Severity = (Severity)(4 - (index % 5)),
        Service = Services[index % Services.Length],
        Rationale = "Whoever gets in may stay.",
        Remediation = new Remediation("Set-Thing -Name {resourceName} -Region {region}", "aws thing set --name {resourceName} --policy '{\"a\":\"{resourceArn}/*\"}'"),
        References = ["https://docs.aws.amazon.com/thing.html", "javascript:alert(1)"],
    };

    private static ReportAccount Account(int index, string name) => new()
    {
        AccountId = AccountId(index),
        AccountName = FormattableString.Invariant($"{name} account {index}"),
        Regions = ["eu-central-1", "us-east-1"],
        Connection = "prod",
        HarvestId = "h1",
        HarvestedAt = Noon,
        IsManagementAccount = index == 0,
    };

    private static Benchmark Benchmark(string name) => new()
    {
        Id = "mill-1.0",
        Title = "Mill benchmark " + name,
        Version = "1.0",
        File = "mill.yaml",
        Requirements =
        [
            .. Enumerable.Range(0, 12).Select(index => new Requirement
            {
                Id = FormattableString.Invariant($"1.{index}"),
                Title = FormattableString.Invariant($"Requirement {index} {name}"),
                Section = index < 6 ? "First part" : "Second part",
                Rules = [RuleId(index)],
                Manual = index == 8 ? "Look at the mill." : null,
            }),
        ],
    };

    private static AccountGap Gap(string name) => new(
        new ReadGap { Service = "s3", ResourceType = "AWS::S3::Bucket", Region = "global", Operation = "GetBucketPolicy", Action = "s3:GetBucketPolicy", Reason = GapReason.AccessDenied, Code = "AccessDenied", Message = "no " + name },
        AccountId(0),
        Account(0, name).AccountName,
        "prod",
        "h1",
        Noon);
}
