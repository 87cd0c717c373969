namespace CloudPosture.Assessment.Paths;

/// <summary>One step of a path.</summary>
public sealed record PosturePathStep
{
    /// <summary>Where the path begins, in a few words.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Where the path leads, in a few words.</summary>
    public string Goal { get; init; } = "";

    /// <summary>Its place on the path, from 1.</summary>
    public int Number { get; init; }

    /// <summary>Its sort.</summary>
    public required PathStepKind Kind { get; init; }

    /// <summary>Where it begins, in a few words.</summary>
    public required string From { get; init; }

    /// <summary>The ARN of that; empty for the Internet and other networks.</summary>
    public string FromArn { get; init; } = "";

    /// <summary>Where it leads, in a few words.</summary>
    public required string To { get; init; }

    /// <summary>The ARN of that.</summary>
    public required string ToArn { get; init; }

    /// <summary>How: <c>tcp 22</c>, <c>url</c>, <c>acts-as</c>, <c>read</c>, or the id of a way to more rights.</summary>
    public required string Method { get; init; }

    /// <summary>What is done.</summary>
    public required string Title { get; init; }

    /// <summary>What it leads through: the parts of the network, or the ARN of what somebody acts through; empty for nothing.</summary>
    public string Through { get; init; } = "";

    /// <summary>The actions with what they are on, separated by semicolons.</summary>
    public string Actions { get; init; } = "";

    /// <summary>The statements that allow them, separated by semicolons.</summary>
    public string Statements { get; init; } = "";

    /// <summary>What it hangs on, separated by semicolons; empty where it is certain.</summary>
    public string Conditions { get; init; } = "";

    /// <summary>What is to be done so that it leads nowhere.</summary>
    public required string Cut { get; init; }

    /// <summary>How much would be lost by that, 1 for least: a way that nobody needs costs less than a service that people use.</summary>
    public required int CutCost { get; init; }

    /// <summary>The step in a few words.</summary>
    public override string ToString() => $"{From} > {Method} > {To}";
}
