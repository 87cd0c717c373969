using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace CloudPosture.Tests.Lake;

/// <summary>DuckDB for Node.js in a folder that goes with the process.</summary>
internal static class DuckDb
{
    private const string Package = "@duckdb/node-api@1.5.6-r.1";

    private const string Program = """
        import { DuckDBInstance } from '@duckdb/node-api';
        import fs from 'node:fs';
        const connection = await (await DuckDBInstance.create(':memory:')).connect();
        process.chdir(process.argv[2]);
        for (const statement of fs.readFileSync(0, 'utf8').split(/;\s*$/m).filter(text => text.trim())) {
          const rows = (await connection.runAndReadAll(statement)).getRowsJson();
          console.log(JSON.stringify(rows));
        }
        """;

    private static readonly Lazy<string?> Folder = new(Install);

    public static bool IsHere => Folder.Value is not null;

    /// <summary>Runs statements beside a lake.</summary>
    /// <returns>The rows of the last one.</returns>
    public static string[][] Query(string folder, string statements)
    {
        using var process = ChildProcess.Start(new ProcessStartInfo("node", [Path.Combine(Folder.Value!, "query.mjs"), folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(statements);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        var rows = JsonSerializer.Deserialize<JsonElement[][]>(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
        return [.. rows.Select(row => row.Select(value => value.ToString()).ToArray())];
    }

    private static string? Install()
    {
        var folder = NpmPackage.Install(Package);
        if (folder is not null)
        {
            File.WriteAllText(Path.Combine(folder, "query.mjs"), Program);
        }

        return folder;
    }
}
