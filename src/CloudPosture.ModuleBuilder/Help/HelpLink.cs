namespace CloudPosture.ModuleBuilder.Help;

/// <summary>A related topic; the address is empty for one that Get-Help finds by its name.</summary>
public sealed record HelpLink(string Text, string Address);
