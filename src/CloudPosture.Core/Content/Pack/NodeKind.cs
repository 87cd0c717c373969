namespace CloudPosture.Content.Pack;

/// <summary>What comes next in a file of a pack.</summary>
internal enum NodeKind : byte
{
    /// <summary>A mapping: how many pairs, then the pairs.</summary>
    Map,

    /// <summary>A list: how many elements, then the elements.</summary>
    List,

    /// <summary>A text that was written without quotes: it may be a number or a truth value.</summary>
    Plain,

    /// <summary>A text.</summary>
    Text,
}
