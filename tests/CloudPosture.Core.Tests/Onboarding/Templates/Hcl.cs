using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>HashiCorp's own parser, compiled for Node.js, in a folder that goes with the process.</summary>
internal static class Hcl
{
    private const string Package = "@cdktf/hcl2json@0.21.0";

    // What jsonencode(…) is given is an expression, which the parser leaves as text: it is parsed in its turn.
    private const string Program = """
        const { parse } = require('@cdktf/hcl2json');
        const fs = require('node:fs');
        const call = /^\$\{jsonencode\(([\s\S]*)\)\}$/;
        const inner = async value => {
          if (typeof value === 'string') {
            const found = call.exec(value);
            return found ? (await parse('value.tf', 'value = ' + found[1] + '\n')).value : value;
          }
          if (Array.isArray(value)) return Promise.all(value.map(inner));
          if (value && typeof value === 'object') {
            return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, part]) => [name, await inner(part)])));
          }
          return value;
        };
        (async () => {
          const parsed = [];
          for (const text of JSON.parse(fs.readFileSync(0, 'utf8'))) parsed.push(await inner(await parse('role.tf', text)));
          console.log(JSON.stringify(parsed));
        })().catch(problem => { console.error(String(problem)); process.exit(1); });
        """;

    private static readonly Lazy<string?> Folder = new(Install);

    public static bool IsHere => Folder.Value is not null;

    /// <summary>Parses configurations.</summary>
    /// <returns>What each says: <c>resource</c>, then the type, the name, and a list with the block's arguments.</returns>
    public static JsonArray Parse(IEnumerable<string> configurations)
    {
        using var process = ChildProcess.Start(new ProcessStartInfo("node", [Path.Combine(Folder.Value!, "parse.cjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(new JsonArray([.. configurations]).ToJsonString());
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonNode.Parse(output)!.AsArray();
    }

    private static string? Install()
    {
        var folder = NpmPackage.Install(Package);
        if (folder is not null)
        {
            File.WriteAllText(Path.Combine(folder, "parse.cjs"), Program);
        }

        return folder;
    }
}
