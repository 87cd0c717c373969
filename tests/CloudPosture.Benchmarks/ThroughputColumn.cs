using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace CloudPosture.Benchmarks;

/// <summary>Work per second: megabytes, or evaluations, as the benchmark recorded them.</summary>
internal sealed class ThroughputColumn : IColumn
{
    private readonly ConcurrentDictionary<string, (double Amount, string Unit)> _work = new();

    private ThroughputColumn()
    {
    }

    public static ThroughputColumn Instance { get; } = new();

    public string Id => nameof(ThroughputColumn);

    public string ColumnName => "Throughput";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Work per second at the mean time";

    /// <summary>Says what one call of a benchmark works on.</summary>
    /// <param name="name">The benchmark's one parameter, or its method's name.</param>
    /// <param name="amount">How much.</param>
    /// <param name="unit">Of what.</param>
    public void Record(string name, double amount, string unit) => _work[name] = (amount, unit);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        summary[benchmarkCase]?.ResultStatistics is { } time && _work.TryGetValue(NameOf(benchmarkCase), out var work)
            ? string.Create(CultureInfo.InvariantCulture, $"{work.Amount / time.Mean * 1e9:N0} {work.Unit}/s")
            : "?";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    private static string NameOf(BenchmarkCase benchmark) =>
        benchmark.Parameters.Items.FirstOrDefault()?.Value?.ToString() ?? benchmark.Descriptor.WorkloadMethod.Name;
}
