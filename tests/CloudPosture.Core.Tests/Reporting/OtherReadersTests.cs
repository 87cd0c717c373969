using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Reporting;

/// <summary>Reports are read by programs that others wrote, hostile names and all.</summary>
public sealed class OtherReadersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("readers-").FullName;

    private static IReadOnlyList<Finding> Findings => [.. ReportSamples.Many(400), .. ReportSamples.Hostile.Select((finding, i) => finding with { FindingId = $"{i + 10_000:x32}" })];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SarifMultitoolFact]
    public void TheSarifMultitoolFindsNoError()
    {
        var path = Save(ReportFormat.Sarif, "posture.sarif");
        var said = SarifMultitool.Validate(path);

        Assert.Contains("Analysis completed successfully", said);
        Assert.DoesNotContain(said.Split('\n'), line => line.Contains(": error ", StringComparison.Ordinal));
    }

    [SarifMultitoolFact]
    public void TheSarifMultitoolFindsWhatIsWrong()
    {
        var path = Path.Combine(_folder, "bad.sarif");
        File.WriteAllText(path, """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{"text":1}}]}]}""");

        Assert.Contains(": error JSON", SarifMultitool.Validate(path));
    }

    [DuckDbFact]
    public void DuckDbReadsTheTablesAsTheyWereMeant()
    {
        Save(ReportFormat.Csv, "findings.csv");
        Save(ReportFormat.ProwlerCsv, "prowler.csv");
        var count = Findings.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal([count, count], Row("SELECT count(*), count(DISTINCT FindingId) FROM read_csv('findings.csv', all_varchar=true, header=true)"));
        Assert.Equal([count, count, "44"], Row("SELECT count(*), count(DISTINCT FINDING_UID), (SELECT count(*) FROM (DESCRIBE SELECT * FROM read_csv('prowler.csv', delim=';', all_varchar=true, header=true))) FROM read_csv('prowler.csv', delim=';', all_varchar=true, header=true)"));
        Assert.Equal(["0"], Row("SELECT count(*) FROM read_csv('findings.csv', all_varchar=true, header=true) WHERE regexp_matches(ResourceName, '^[=+@-]')"));
    }

    [DuckDbFact]
    public void DuckDbReadsTheListsAsTheyWereMeant()
    {
        Save(ReportFormat.Ocsf, "ocsf.json");
        Save(ReportFormat.Asff, "asff.json");
        Save(ReportFormat.Json, "posture.json");
        var count = Findings.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal([count, "2003"], Row("SELECT count(DISTINCT finding_info.uid), max(class_uid) FROM read_json('ocsf.json', maximum_object_size=100000000)"));
        Assert.Equal([count], Row("SELECT count(DISTINCT Id) FROM read_json('asff.json', maximum_object_size=100000000)"));
        Assert.Equal([count], Row("SELECT len(findings) FROM read_json('posture.json', maximum_object_size=100000000)"));
    }

    private string Save(ReportFormat format, string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, ReportSamples.Write(format, Findings));
        return path;
    }

    private string[] Row(string query) => Assert.Single(DuckDb.Query(_folder, query));
}
