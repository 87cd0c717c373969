namespace CloudPosture.Graph;

/// <summary>Which way edges are followed.</summary>
public enum GraphDirection
{
    /// <summary>From what names to what is named: what it uses.</summary>
    Out,

    /// <summary>Against it: what uses it.</summary>
    In,

    /// <summary>Both ways.</summary>
    Both,
}
