using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Reports;
using CloudPosture.Posture.Rules;
using CloudPosture.Reporting;

namespace CloudPosture.Tests.Reporting;

/// <summary>Findings to write, and the way from them to a file's bytes.</summary>
internal static class ReportSamples
{
    /// <summary>Names that attack a terminal, a log, a page, a table, a spreadsheet, a path or a parser.</summary>
    public static readonly string[] Attacks =
    [
        "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", " =1+1", "\uFF1D1+1", "\r\n=1", "##vso[task.complete result=Failed;]", "##[error]no", "::error::no", "a\n::set-output name=x::y",
        "\u001b]0;owned\u0007\u001b[2J", "\u202Etxt.exe", "\u200Fright", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]>&amp;&lt;", "a,b;c\"d\"\"e", "|x|`y`|", "a\\|b\\", "[link](https://evil.example)", "![x](https://evil.example/x.png)",
        "{0} {1}", "../../etc/passwd", "..", ".", "C:\\x", "@everyone", "https://evil.example", "\uD800", "\uDC00x", "\uFFFE\uFFFF", "\0", "\u2028\u2029", "𝒳🎉", "", " ", new string('x', 3000), "=HYPERLINK(\"https://evil.example\")", "' OR 1=1 --", "%0A%0D", "$(whoami)", "${jndi:ldap://evil.example}",
    ];

    public static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 4, 6, TimeSpan.Zero);

    private static readonly string[] Rules = ["S3.BucketVersioning", "S3.BucketPublicPolicy", "S3.BucketPublicAcl", "S3.BucketMfaDelete", "S3.BucketSecureTransport"];

    private const string Benchmark = """
        id: cis-like-1.0
        title: A benchmark
        version: "1.0"
        requirements:
          - {id: "2.1", title: Buckets keep versions, rules: [S3.BucketVersioning]}
          - {id: "2.2", title: Buckets are not public, rules: [S3.BucketPublicPolicy, S3.BucketPublicAcl]}
        """;

    private static readonly Lazy<RuleLibrary> Shipped = new(Load);

    /// <summary>The rules of one service, and a benchmark.</summary>
    public static RuleLibrary Library => Shipped.Value;

    public static Finding One => new()
    {
        FindingId = "0123456789abcdef0123456789abcdef",
        RuleId = "S3.BucketVersioning",
        Title = "Buckets keep versions",
        Status = FindingStatus.Fail,
        Severity = Severity.Critical,
        Service = "s3",
        ResourceType = "AWS::S3::Bucket",
        ResourceId = "accounts-2026",
        ResourceArn = "arn:aws:s3:::accounts-2026",
        ResourceName = "accounts-2026",
        AccountId = "111122223333",
        AccountName = "production",
        Region = "eu-west-1",
        Evidence = "Versioning.Status is absent",
        FirstSeen = Now.AddDays(-3),
        LastSeen = Now,
        Connection = "prod",
        HarvestId = "20261127T090000Z-abc123",
    };

    /// <summary>Findings of four accounts, three Regions, every status and severity, in no order.</summary>
    public static IReadOnlyList<Finding> Many(int count) => [.. Enumerable.Range(0, count).Select(i => Numbered(i * 7919 % count))];

    /// <summary>A finding for each attack, which is in every text that AWS or a person gives.</summary>
    public static IReadOnlyList<Finding> Hostile => [.. Attacks.Select((attack, i) => Numbered(i) with
    {
        Title = attack,
        ResourceId = attack,
        ResourceArn = "arn:aws:s3:::" + attack,
        ResourceName = attack,
        AccountName = attack,
        Evidence = attack,
        Connection = attack,
    })];

    /// <summary>Writes a report as the cmdlet does, and gives the file's bytes.</summary>
    public static byte[] Write(ReportFormat format, params IEnumerable<Finding> findings) => Write(Library, format, findings);

    /// <summary>The same with other rules.</summary>
    public static byte[] Write(RuleLibrary library, ReportFormat format, IEnumerable<Finding> findings)
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-report-").FullName;
        try
        {
            var path = Path.Combine(folder, "report");
            using (var report = PostureReport.Begin(path, format, library, Now))
            {
                foreach (var finding in findings)
                {
                    report.Add(finding);
                }

                report.Save(CancellationToken.None);
            }

            Assert.Equal([path], Directory.GetFiles(folder));
            return File.ReadAllBytes(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static string Text(ReportFormat format, params IEnumerable<Finding> findings) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Write(format, findings));

    public static JsonElement Json(ReportFormat format, params IEnumerable<Finding> findings) =>
        JsonDocument.Parse(Write(format, findings)).RootElement;

    private static RuleLibrary Load()
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "benchmark.yaml"), Benchmark);
            return RuleLibrary.Load(CloudPosture.Tests.Shipped.Content, [Path.Combine(RepositoryRoot.Path, "module", "aws", "s3")], folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Finding Numbered(int i) => One with
    {
        FindingId = i.ToString("x32", CultureInfo.InvariantCulture),
        RuleId = Rules[i % Rules.Length],
        Status = (FindingStatus)(i % 5),
        Severity = (Severity)(i / 5 % 5),
        ResourceId = $"bucket-{i / 5}",
        ResourceName = $"bucket-{i / 5}",
        ResourceArn = $"arn:aws:s3:::bucket-{i / 5}",
        AccountId = (111122223333 + (i % 4)).ToString(CultureInfo.InvariantCulture),
        AccountName = $"account-{i % 4}",
        Region = (i % 3) switch { 0 => "eu-west-1", 1 => "us-east-1", _ => "global" },
    };
}
