using System.Collections.Generic;

namespace CloudPosture.Tests.Batch;

/// <summary>What cmd.exe makes of a line before it runs anything.</summary>
internal abstract record BatchNode
{
    internal sealed record Nothing : BatchNode;

    /// <param name="Text">The command with its arguments; quotes are in it, carets are gone.</param>
    /// <param name="Redirections">Where its streams go, in order.</param>
    internal sealed record Command(string Text, IReadOnlyList<Redirection> Redirections) : BatchNode;

    internal sealed record Joined(string Operator, BatchNode Left, BatchNode Right) : BatchNode;

    internal sealed record Condition(bool IsNegated, string Left, string Operator, string Right, BatchNode Then) : BatchNode;

    /// <param name="Switch"><c>/f</c>, or nothing.</param>
    /// <param name="Options">Those of <c>/f</c>.</param>
    /// <param name="Variable">Its letter.</param>
    /// <param name="Set">What stands in the parentheses.</param>
    /// <param name="Body">What is done with each item.</param>
    internal sealed record Loop(string Switch, string Options, char Variable, string Set, BatchNode Body) : BatchNode;

    /// <param name="Handle">The stream's number.</param>
    /// <param name="Operator"><c>&lt;</c>, <c>&gt;</c> or <c>&gt;&gt;</c>.</param>
    /// <param name="Target">A file as it is written, or an ampersand and a stream's number.</param>
    internal sealed record Redirection(int Handle, string Operator, string Target);
}
