using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using CloudPosture.Graph;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Posture.Paths;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>Paths from the Internet to administrators and to data over a large estate: time, and the most memory that the process took.</summary>
internal static class PathMeasurement
{
    private const int RolesInAccount = 500;
    private static readonly string[] Internet = ["Internet"];

    public static void Run(int resources, int accounts)
    {
        var buckets = resources / accounts / 20;
        var estate = new SyntheticEstate(accounts, (resources / accounts) - buckets - RolesInAccount);
        IAccountSnapshot[] snapshots = [.. estate.Accounts().Select(account => new PeopledAccount(account, RolesInAccount, buckets))];
        Console.WriteLine(FormattableString.Invariant($"{Time("made alone", () => snapshots.Sum(account => account.Resources().Count())):N0} resources in {accounts} accounts, {buckets * accounts:N0} buckets, {RolesInAccount * accounts:N0} roles"));
        var analysis = Time("network, what it lets in, and identities read and sorted", () => PathAnalysis.Of(snapshots, SandboxContent.Shipped, from => Reached(snapshots, from), networks: Internet));
        var toAdministrator = Time("paths to administrators", () => analysis.ToAdministrator(Internet));
        Console.WriteLine(FormattableString.Invariant($"{toAdministrator.Count:N0} paths, the longest of {toAdministrator.Select(path => path.Length).DefaultIfEmpty().Max()} steps"));
        var toData = Time("paths to data", () => analysis.ToEach(Internet, Buckets(snapshots)));
        Console.WriteLine(FormattableString.Invariant($"{toData.Count:N0} paths; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000:N0} MB"));
        GC.KeepAlive(analysis);
    }

    private static IEnumerable<PostureExposure> Reached(IAccountSnapshot[] snapshots, string from)
    {
        var report = Time("  network read", () => ExposureReport.Read(snapshots, keepsClosed: false));
        return report.From(from);
    }

    private static IEnumerable<Resource> Buckets(IEnumerable<IAccountSnapshot> snapshots) =>
        snapshots.SelectMany(account => account.Resources()).Where(resource => PathAnalysis.DataTypesOf(SandboxContent.Shipped).Contains(resource.Type));

    private static T Time<T>(string what, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        Console.WriteLine(FormattableString.Invariant($"{what}: {watch.Elapsed.TotalSeconds:F1} s; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000:N0} MB, {GC.GetTotalMemory(forceFullCollection: true) / 1_000_000:N0} MB held"));
        return result;
    }
}
