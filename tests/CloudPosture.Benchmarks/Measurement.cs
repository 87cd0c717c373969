using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace CloudPosture.Benchmarks;

/// <summary>Prints what a step takes: seconds, and the highest memory of this process during it.</summary>
internal static class Measurement
{
    /// <summary>Does the work and prints.</summary>
    /// <param name="name">What the step is called.</param>
    /// <param name="work">The step; it gives the amount of what it did.</param>
    public static void Of(string name, Func<long> work)
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var highest = self.WorkingSet64;
        using var done = new ManualResetEventSlim();
        var watcher = new Thread(() =>
        {
            using var watched = Process.GetCurrentProcess();
            do
            {
                watched.Refresh();
                highest = Math.Max(highest, watched.WorkingSet64);
            }
            while (!done.Wait(20));
        });
        watcher.Start();
        var cpu = self.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        long amount;
        TimeSpan used;
        try
        {
            amount = work();
            watch.Stop();
            self.Refresh();
            used = self.TotalProcessorTime - cpu;
        }
        finally
        {
            done.Set();
            watcher.Join();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {amount:N0} in {watch.Elapsed.TotalSeconds:N2} s, {used.TotalSeconds:N2} s of CPU; {highest / 1e6:N0} MB"));
    }
}
