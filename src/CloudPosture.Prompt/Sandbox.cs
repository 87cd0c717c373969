using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;

namespace CloudPosture.Prompt;

/// <summary>The prompt that has the sandbox behind it.</summary>
internal static class Sandbox
{
    /// <summary>The command that starts the sandbox and makes the connection, in the scope of the prompt.</summary>
    /// <param name="arguments">Parameters of Scripts/Sandbox.ps1.</param>
    public static string Opening(IEnumerable<string> arguments) => string.Join(' ',
    [
        ".", Quoted(Path.Combine(AppContext.BaseDirectory, "Scripts", "Sandbox.ps1")), "-Assembly", Quoted(Assembly()),
        .. arguments.Select(argument => argument.StartsWith('-') ? argument : Quoted(argument)),
    ]);

    /// <summary>The sandbox of the same configuration as this program.</summary>
    private static string Assembly()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Repository.File("src", "CloudPosture.Sandbox", "bin", output.Parent!.Name, output.Name, "CloudPosture.Sandbox.dll");
    }

    private static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
