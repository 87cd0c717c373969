namespace CloudPosture.Errors;

/// <summary>What to do, in the engine's own words.</summary>
/// <param name="Text">A sentence or two.</param>
/// <param name="Id">By which a host finds what it adds: the command or parameter that does it. Null where the text is all there is to say.</param>
/// <param name="Subject">What that command is to be given; null for nothing.</param>
public sealed record Advice(string Text, string? Id = null, string? Subject = null)
{
    /// <summary>What to do after it; null for nothing.</summary>
    public Advice? Then { get; init; }

    /// <summary>The text, and that of what is to be done after it.</summary>
    public override string ToString() => Then is null ? Text : $"{Text} {Then}";
}
