using System.Collections.Generic;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>An example: what it shows, the code to run, and what to know about it.</summary>
public sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);
