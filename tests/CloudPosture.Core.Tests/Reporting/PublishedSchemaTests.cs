using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using CloudPosture.Tests.Aws.Fidelity;

namespace CloudPosture.Tests.Reporting;

/// <summary>Reports by the schemas that others published, hostile names and all. SARIF is judged by Microsoft's tool and ASFF by botocore's model in tests of their own.</summary>
public sealed class PublishedSchemaTests
{
    private const string JUnit = "JUnit4/junit_schema_4.xsd";
    private const string NUnit = "NUnit3/TestResult.xsd";
    private const string Jenkins = "junit-10.xsd";
    private const string Ocsf = "ocsf-schema";

    private static IReadOnlyList<Finding> Findings => [.. ReportSamples.Many(400), .. ReportSamples.Hostile.Select((finding, i) => finding with { FindingId = $"{i + 10_000:x32}" })];

    [SchemaFact(JUnit)]
    public void JUnitIsAsItsSchemaAsks() => Assert.Empty(Mistakes(ReportFormat.JUnit, JUnit, Findings));

    [SchemaFact(JUnit)]
    public void AnEmptyJUnitIsToo() => Assert.Empty(Mistakes(ReportFormat.JUnit, JUnit, []));

    [SchemaFact(Jenkins)]
    public void JUnitIsAsJenkinsAsks() => Assert.Empty(Mistakes(ReportFormat.JUnit, Jenkins, Findings));

    [SchemaFact(NUnit)]
    public void NUnitIsAsItsSchemaAsks() => Assert.Empty(Mistakes(ReportFormat.NUnit, NUnit, Findings));

    [SchemaFact(NUnit)]
    public void AnEmptyNUnitIsToo() => Assert.Empty(Mistakes(ReportFormat.NUnit, NUnit, []));

    [SchemaFact(NUnit)]
    public void ASchemaFindsWhatIsWrong() => Assert.NotEmpty(Mistakes(ReportFormat.JUnit, NUnit, Findings));

    [SchemaFact(Ocsf)]
    public async Task OcsfIsAsItsSchemaAsks() => Assert.Empty(await OcsfMistakesAsync(ReportSamples.Text(ReportFormat.Ocsf, Findings)));

    [SchemaFact(Ocsf)]
    public async Task OcsfsSchemaFindsWhatIsWrong()
    {
        var mistakes = await OcsfMistakesAsync(ReportSamples.Text(ReportFormat.Ocsf, Findings.Take(1)).Replace("\"severity_id\":", "\"severity\":7,\"nothing\":", System.StringComparison.Ordinal));

        Assert.Contains("severity_id is required", mistakes);
        Assert.Contains("nothing is not in the schema", mistakes);
    }

    private static IReadOnlyList<string> Mistakes(ReportFormat format, string schema, IReadOnlyList<Finding> findings) =>
        PublishedSchemas.Mistakes(ReportSamples.Write(format, findings), PublishedSchemas.Find(schema)!);

    private static Task<string> OcsfMistakesAsync(string events) =>
        Python.RunAsync([Path.Combine(RepositoryRoot.Path, "tests", "CloudPosture.Core.Tests", "Reporting", "ocsf_schema.py"), PublishedSchemas.Find(Ocsf)!], events);
}
