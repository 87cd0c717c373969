using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using CloudPosture.Graph;
using CloudPosture.Posture.Paths;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>Relations and exposure of a large estate: time, and the most memory that the process took.</summary>
internal static class GraphMeasurement
{
    public static void Run(int resources, int accounts)
    {
        var estate = new SyntheticEstate(accounts, resources / accounts);
        var made = Time("made alone", () => estate.Resources().Count());
        Console.WriteLine(FormattableString.Invariant($"{made:N0} resources in {accounts} accounts"));
        Relations(estate);
        Console.WriteLine(FormattableString.Invariant($"peak until here {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000:N0} MB"));
        GC.Collect();
        Exposure(estate);
        Console.WriteLine(FormattableString.Invariant($"peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000:N0} MB"));
    }

    private static void Relations(SyntheticEstate estate)
    {
        var graph = Time("relations", () => PostureGraph.Build(estate.Resources(), SandboxContent.Shipped.Catalog));
        Console.WriteLine(FormattableString.Invariant($"{graph.NodeCount:N0} nodes, {graph.EdgeCount:N0} edges, {GC.GetTotalMemory(forceFullCollection: true) / 1_000_000:N0} MB held"));
        var start = graph.Find(graph.Node(graph.NodeCount / 2).ResourceId);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Time("walk of three steps both ways", () => graph.Walk(start, 3, GraphDirection.Both).Count()):N0} edges"));
    }

    private static void Exposure(SyntheticEstate estate)
    {
        var report = Time("network", () => ExposureReport.Read(estate.Accounts()));
        var reachable = Time("exposure of all", () => report.From("Internet").Count(exposure => exposure.Degree == ExposureDegree.Reachable));
        Console.WriteLine(FormattableString.Invariant($"{reachable:N0} ways reachable"));
    }

    private static T Time<T>(string what, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        Console.WriteLine(FormattableString.Invariant($"{what}: {watch.Elapsed.TotalSeconds:F1} s"));
        return result;
    }
}
