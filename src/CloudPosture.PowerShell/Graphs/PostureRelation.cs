using CloudPosture.Graph;

namespace CloudPosture.PowerShell.Graphs;

/// <summary>One relation between two resources, as the pipeline sees it. Its resource is the one that was come to.</summary>
public sealed class PostureRelation
{
    private readonly GraphNode _from;
    private readonly GraphNode _to;

    internal PostureRelation(GraphNode from, GraphStep step, GraphNode to, bool isBackward) =>
        (_from, _to, Relation, Depth, IsBackward) = (from, to, step.Edge.Relation, step.Depth, isBackward);

    /// <summary>How many edges from the resource that was asked about; 1 for its own.</summary>
    public int Depth { get; }

    /// <summary>The type of what names the other.</summary>
    public string FromType => _from.ResourceType;

    /// <summary>The id of what names the other.</summary>
    public string FromId => _from.ResourceId;

    /// <summary>The name of what names the other.</summary>
    public string FromName => _from.ResourceName;

    /// <summary>The ARN of what names the other; empty where it is not known.</summary>
    public string FromArn => _from.ResourceArn ?? "";

    /// <summary>The account of what names the other; empty where it is not known.</summary>
    public string FromAccountId => _from.AccountId;

    /// <summary>What the relation is called (<c>inSubnet</c>).</summary>
    public string Relation { get; }

    /// <summary>The type of what is named.</summary>
    public string ToType => _to.ResourceType;

    /// <summary>The id of what is named.</summary>
    public string ToId => _to.ResourceId;

    /// <summary>The name of what is named.</summary>
    public string ToName => _to.ResourceName;

    /// <summary>The ARN of what is named; empty where it is not known.</summary>
    public string ToArn => _to.ResourceArn ?? "";

    /// <summary>The account of what is named; empty where it is not known.</summary>
    public string ToAccountId => _to.AccountId;

    /// <summary>True where what was come to was not harvested.</summary>
    public bool IsOutside => Reached.IsOutside;

    /// <summary>The type of what was come to.</summary>
    public string ResourceType => Reached.ResourceType;

    /// <summary>The id of what was come to.</summary>
    public string ResourceId => Reached.ResourceId;

    /// <summary>The ARN of what was come to; empty where it is not known.</summary>
    public string ResourceArn => Reached.ResourceArn ?? "";

    private bool IsBackward { get; }

    private GraphNode Reached => IsBackward ? _from : _to;

    /// <summary>The relation in words.</summary>
    public override string ToString() => $"{FromId} {Relation} {ToId}";
}
