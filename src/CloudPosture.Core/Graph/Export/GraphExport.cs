using System;
using System.Collections.Generic;
using System.IO;

namespace CloudPosture.Graph.Export;

/// <summary>Writes graphs for other programs, one node and one edge after the other.</summary>
public static class GraphExport
{
    /// <summary>The files of a format: their names in a folder, or one empty name where it is one file.</summary>
    /// <param name="format">The format.</param>
    public static IReadOnlyList<string> FilesOf(GraphFormat format) => format is GraphFormat.Neo4jCsv or GraphFormat.NeptuneCsv ? ["nodes.csv", "edges.csv"] : [""];

    /// <summary>Writes one of a format's files.</summary>
    /// <param name="part">What to write.</param>
    /// <param name="format">The format.</param>
    /// <param name="file">Which of <see cref="FilesOf"/>.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(GraphPart part, GraphFormat format, string file, TextWriter writer)
    {
        writer.NewLine = "\n";
        switch (format)
        {
            case GraphFormat.Mermaid:
                DrawingWriter.WriteMermaid(part, writer);
                break;
            case GraphFormat.Dot:
                DrawingWriter.WriteDot(part, writer);
                break;
            case GraphFormat.GraphML:
                GraphMLWriter.Write(part, writer);
                break;
            default:
                var columns = format == GraphFormat.Neo4jCsv ? CsvColumns.Neo4j : CsvColumns.Neptune;
                (file.StartsWith("nodes", StringComparison.Ordinal) ? columns.Nodes : (Action<GraphPart, TextWriter>)columns.Edges)(part, writer);
                break;
        }
    }
}
