namespace CloudPosture.Graph.Export;

/// <summary>A form in which other programs take a graph.</summary>
public enum GraphFormat
{
    /// <summary>Mermaid, which wikis and GitHub draw; for a part of a graph.</summary>
    Mermaid,

    /// <summary>DOT, for Graphviz.</summary>
    Dot,

    /// <summary>GraphML, for networkx, Gephi and yEd.</summary>
    GraphML,

    /// <summary>Two CSV files for neo4j-admin database import.</summary>
    Neo4jCsv,

    /// <summary>Two CSV files for Neptune's bulk loader.</summary>
    NeptuneCsv,
}
