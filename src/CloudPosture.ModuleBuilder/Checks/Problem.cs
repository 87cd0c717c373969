namespace CloudPosture.ModuleBuilder.Checks;

/// <summary>Something wrong in the content.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Line">The line, from 1; 0 where the whole file is meant.</param>
/// <param name="Text">What is wrong, and what to do.</param>
internal sealed record Problem(string File, long Line, string Text)
{
    public override string ToString() => Line > 0 ? $"{File}({Line}): {Text}" : $"{File}: {Text}";
}
