using System.Collections.Generic;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>A cmdlet's help as its Markdown page tells it. What the compiled cmdlet knows (types, sets, aliases) is not in it.</summary>
public sealed record HelpPage(
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<string> Notes,
    IReadOnlyList<HelpLink> Links);
