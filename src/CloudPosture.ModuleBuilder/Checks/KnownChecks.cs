using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.ModuleBuilder.Checks;

/// <summary>The checks and controls of other tools, by tool: <c>_platform/checks.txt</c>, a line <c>tool service: id id …</c>.</summary>
internal sealed class KnownChecks
{
    private readonly ILookup<string, (string Service, string Id)> _byTool;

    private KnownChecks(ILookup<string, (string Service, string Id)> byTool) => _byTool = byTool;

    public IEnumerable<string> Tools => _byTool.Select(tool => tool.Key);

    public static KnownChecks Read(string file) => new(
        (from line in File.ReadLines(file)
         where line.Length > 0 && line[0] != '#'
         let colon = line.IndexOf(':')
         let head = line[..colon].Split(' ')
         from id in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
         select (Tool: head[0], Service: head[1], Id: id)).ToLookup(check => check.Tool, check => (check.Service, check.Id), StringComparer.Ordinal));

    /// <summary>The ids of a tool; null where nothing is known of it.</summary>
    public IReadOnlySet<string>? Of(string tool) => _byTool.Contains(tool) ? _byTool[tool].Select(check => check.Id).ToHashSet(StringComparer.Ordinal) : null;

    /// <summary>The checks of a tool with the service that it counts each with.</summary>
    public IEnumerable<(string Service, string Id)> AllOf(string tool) => _byTool[tool];
}
