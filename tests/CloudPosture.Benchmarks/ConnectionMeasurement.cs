using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Connections;

namespace CloudPosture.Benchmarks;

/// <summary>Lists many connections, finds one and adds one, each as a process does it for the first time and again; prints medians.</summary>
internal static class ConnectionMeasurement
{
    private const int Times = 21;

    public static async Task RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        try
        {
            await new ConnectionStore(folder).AddAsync([.. Enumerable.Range(0, count).Select(Connection)], replace: false, default);
            await MeasureAsync("list", async _ => (await new ConnectionStore(folder).ListAsync(default)).Count == count);
            await MeasureAsync("find one", async _ => (await new ConnectionStore(folder).GetAsync($"account-{count / 2}", default)).Enabled);
            await MeasureAsync("add one", async time => (await new ConnectionStore(folder).AddAsync([Connection(count + time)], replace: false, default)).Count == 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static PostureConnection Connection(int number) => new()
    {
        Name = $"account-{number}",
        AccountId = (100_000_000_000 + number).ToString(CultureInfo.InvariantCulture),
        AccountName = $"Account number {number}",
        UnitPath = "Root/Production",
        RoleArn = string.Create(CultureInfo.InvariantCulture, $"arn:aws:iam::{100_000_000_000 + number}:role/CloudPosture-ReadOnly"),
        ExternalId = "0123456789abcdef01234567",
        Regions = ["eu-central-1", "eu-west-1", "us-east-1"],
    };

    private static async Task MeasureAsync(string name, Func<int, Task<bool>> work)
    {
        var times = new double[Times];
        for (var time = 0; time < Times; time++)
        {
            var since = Stopwatch.GetTimestamp();
            if (!await work(time))
            {
                throw new InvalidOperationException($"'{name}' gave something else.");
            }

            times[time] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: first {times[0]:0.0} ms, median {times.Order().ElementAt(Times / 2):0.0} ms"));
    }
}
