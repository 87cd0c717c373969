using System;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using CloudPosture.Reporting.Collecting;
using CloudPosture.Reporting.Content;
using CloudPosture.Reporting.Sheets;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;

namespace CloudPosture.Tests.Reporting;

/// <summary>The workbook, checked by Microsoft's validator of its format and read by an independent reader.</summary>
public sealed class XlsxReportTests
{
    private static readonly string[] Sheets = ["Summary", "Accounts", "Rules", "Findings", "Requirements", "Resources"];

    // The reader asks for the code page of older formats before it looks at the file.
    static XlsxReportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string> Cases => ["none", "one", "many", "hostile"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ItIsAValidWorkbookWithATableASheet(string findings)
    {
        using var stream = new MemoryStream(ReportSamples.Write(ReportFormat.Xlsx, Of(findings)));
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
        Assert.Equal(findings == "none" ? 1 : Sheets.Length, document.WorkbookPart!.WorksheetParts.Sum(sheet => sheet.TableDefinitionParts.Count()));
    }

    [Fact]
    public void EveryCellSaysWhereItIsForThereAreReadersThatDoNotCount()
    {
        using var workbook = new ZipArchive(new MemoryStream(ReportSamples.Write(ReportFormat.Xlsx, ReportSamples.Many(20))));
        foreach (var sheet in workbook.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)))
        {
            using var stream = sheet.Open();
            var cells = XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "c").ToList();

            Assert.NotEmpty(cells);
            Assert.All(cells, cell => Assert.NotNull(cell.Attribute("r")));
        }
    }

    [Fact]
    public void FindingsAreRowsUnderTheNamesOfTheirProperties()
    {
        var row = Read(ReportSamples.One)["Findings"].Rows[0];

        Assert.Equal("S3.BucketVersioning", row["RuleId"]);
        Assert.Equal("Critical", row["Severity"]);
        Assert.Equal("111122223333", row["AccountId"]);
        Assert.Equal(ReportSamples.Now.UtcDateTime, (DateTime)row["LastSeen"], TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void TheSheetsAgreeOnHowManyFindingsThereAre()
    {
        var findings = ReportSamples.Many(300);
        var sheets = Read(findings);

        Assert.Equal(Sheets, sheets.Keys);
        Assert.Equal(300, sheets["Findings"].Rows.Count);
        Assert.Equal(60, Sum(sheets["Accounts"], "Fail"));
        Assert.Equal(60, Sum(sheets["Rules"], "Fail"));
        Assert.Equal(60, Sum(sheets["Resources"], "Fail"));
        Assert.Equal(findings.Select(finding => (finding.AccountId, finding.Region, finding.ResourceArn)).Distinct().Count(), sheets["Resources"].Rows.Count);
    }

    [Fact]
    public void ARequirementFailsInTheAccountWhereItsRuleFails()
    {
        var elsewhere = ReportSamples.One with { AccountId = "111122224444", Status = FindingStatus.Pass };
        var table = Read(ReportSamples.One, elsewhere)["Requirements"];
        var row = table.Rows.Cast<DataRow>().First();

        Assert.Equal("Fail", row["111122223333"]);
        Assert.Equal("Pass", row["111122224444"]);
        Assert.Equal("Fail", row["Worst"]);
    }

    [Fact]
    public void RowsThatASheetCannotHoldGoToAnother()
    {
        var counts = new ReportCounts();
        var findings = ReportSamples.Many(70).ToList();
        findings.ForEach(counts.Add);
        findings.Sort(FindingOrder.Of(ReportOrder.ByAccount)!);
        using var stream = new MemoryStream();
        var report = new Report { CreatedAt = ReportSamples.Now, Counts = counts, Rules = RuleFacts.None, Findings = findings };
        ReportFile.Write(stream, new ReportKind(ReportOrder.ByAccount, to => new XlsxReport(to, mostRows: 30)), report, default);
        var sheets = Read(stream.ToArray());

        Assert.Equal(findings.Select(finding => finding.FindingId), new[] { "Findings", "Findings 2", "Findings 3" }.SelectMany(name => sheets[name].Rows.Cast<DataRow>()).Select(row => (string)row["FindingId"]));
        using var document = SpreadsheetDocument.Open(new MemoryStream(stream.ToArray()), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => error.Description));
    }

    [Fact]
    public void HostileNamesAreTextAndNoFormula()
    {
        var bytes = ReportSamples.Write(ReportFormat.Xlsx, ReportSamples.Hostile);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var sheets = zip.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal) && entry.Name.EndsWith(".xml", StringComparison.Ordinal)).ToList();

        Assert.Equal(Sheets.Length, sheets.Count);
        Assert.All(sheets, sheet =>
        {
            using var content = sheet.Open();
            Assert.DoesNotContain(XDocument.Load(content).Descendants(), element => element.Name.LocalName is "f" or "hyperlink");
        });
        var cells = Read(bytes)["Findings"].Rows.Cast<DataRow>().SelectMany(row => row.ItemArray).OfType<string>().ToList();
        Assert.DoesNotContain(cells, cell => cell.TrimStart() is { Length: > 0 } text && "=+-@".Contains(text[0], StringComparison.Ordinal));
        Assert.Contains("<script>alert(1)</script>", cells);
    }

    private static IEnumerable<Finding> Of(string findings) => findings switch
    {
        "none" => [],
        "one" => [ReportSamples.One],
        "many" => ReportSamples.Many(120),
        _ => ReportSamples.Hostile,
    };

    private static double Sum(DataTable table, string column) => table.Rows.Cast<DataRow>().Sum(row => Convert.ToDouble(row[column], null));

    private static Dictionary<string, DataTable> Read(params IEnumerable<Finding> findings) => Read(ReportSamples.Write(ReportFormat.Xlsx, findings));

    private static Dictionary<string, DataTable> Read(byte[] workbook)
    {
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(workbook));
        var tables = new Dictionary<string, DataTable>();
        do
        {
            var table = new DataTable();
            while (reader.Read())
            {
                var values = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue).ToArray();
                if (table.Columns.Count == 0)
                {
                    Array.ForEach(values, name => table.Columns.Add((string)name, typeof(object)));
                }
                else
                {
                    table.Rows.Add(values.Take(table.Columns.Count).ToArray());
                }
            }

            tables.Add(reader.Name, table);
        }
        while (reader.NextResult());
        return tables;
    }
}
