using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using CloudPosture.Connections;

namespace CloudPosture.Tests.Connections;

/// <summary>Adds connections in a process of its own, to be killed or to meet others: this assembly, run by itself.</summary>
internal static class ConnectionProcess
{
    /// <summary>The first argument that leads here.</summary>
    public const string Command = "connections";

    /// <summary>Begins a process that adds connections one by one and says the name of each once it is kept.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="prefix">What the names begin with; a number follows.</param>
    /// <param name="count">How many to add.</param>
    public static Process Start(string folder, string prefix, int count)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { typeof(ConnectionProcess).Assembly.Location, Command, folder, prefix, count.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        return ChildProcess.Start(start);
    }

    /// <summary>The process.</summary>
    public static async Task<int> RunAsync(string folder, string prefix, int count)
    {
        var store = new ConnectionStore(folder);
        for (var number = 0; number < count; number++)
        {
            await store.AddAsync([new PostureConnection { Name = $"{prefix}-{number}", Notes = new string('x', 500) }], replace: false, default);
            Console.WriteLine($"{prefix}-{number}");
        }

        return 0;
    }
}
