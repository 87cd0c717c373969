namespace CloudPosture.Json;

/// <summary>A place where two JSON values differ.</summary>
/// <param name="Path">Members joined by dots; an element of a list by what names it (<c>Tags[Stage]</c>), or <c>[]</c> where nothing does.</param>
/// <param name="Before">What was there, a text as it is and anything else as JSON; null for nothing.</param>
/// <param name="After">What is there; null for nothing.</param>
internal sealed record JsonChange(string Path, string? Before, string? After);
