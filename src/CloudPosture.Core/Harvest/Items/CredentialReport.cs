using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CloudPosture.Aws.Protocols;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;

namespace CloudPosture.Harvest.Items;

/// <summary>
/// IAM's credential report: comma-separated text, a line a user, whose cells become typed JSON. Names and paths of users may hold commas; a line
/// whose cells do not fit the columns says who it is about, and nothing else.
/// </summary>
internal static class CredentialReport
{
    private static readonly string[] Identity = ["user", "arn"];

    /// <summary>Reads the report.</summary>
    /// <param name="content">The text in base64, as the API gives it.</param>
    /// <returns>An object a line, with the report's own column names.</returns>
    /// <exception cref="MalformedAnswerException">This is no such report, or, after all other lines, of one it cannot be told who it is about.</exception>
    public static IEnumerable<JsonElement> Read(string content)
    {
        using var text = new StringReader(Decode(content));
        var columns = Cells(text.ReadLine() ?? "");
        if (columns.Count == 0 || columns[0] != "user")
        {
            throw new MalformedAnswerException("The credential report does not begin with the column 'user'.");
        }

        string? misfit = null;
        while (text.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            var cells = Cells(line);
            if (cells.Count == columns.Count)
            {
                yield return ToJson(columns, cells);
            }
            else if (WhoseIs(cells) is { } who)
            {
                yield return ToJson(Identity, who);
            }
            else
            {
                misfit ??= $"A line of the credential report has {cells.Count} cells for {columns.Count} columns.";
            }
        }

        if (misfit is not null)
        {
            throw new MalformedAnswerException(misfit);
        }
    }

    /// <summary>The columns that a line does not tell, since its cells do not fit them.</summary>
    /// <param name="line">A line that was read.</param>
    public static IEnumerable<string> Untold(JsonElement line) =>
        line.EnumerateObject().All(member => Identity.Contains(member.Name)) ? TypeShapes.CredentialReport.Except(Identity) : [];

    // A user's ARN ends with the name, so that both are found though commas break them.
    private static string[]? WhoseIs(IReadOnlyList<string> cells)
    {
        for (var arnAt = 1; arnAt < cells.Count; arnAt++)
        {
            var user = string.Join(",", cells.Take(arnAt));
            for (var end = arnAt + 1; cells[arnAt].StartsWith("arn:", StringComparison.Ordinal) && end <= cells.Count; end++)
            {
                var arn = string.Join(",", cells.Skip(arnAt).Take(end - arnAt));
                if (arn.EndsWith("/" + user, StringComparison.Ordinal))
                {
                    return [user, arn];
                }
            }
        }

        return null;
    }

    private static string Decode(string content)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(content));
        }
        catch (FormatException)
        {
            throw new MalformedAnswerException("The credential report is not in base64.");
        }
    }

    private static JsonElement ToJson(IReadOnlyList<string> columns, IReadOnlyList<string> cells)
    {
        using var buffer = new ByteBuffer(2048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var i = 0; i < columns.Count; i++)
            {
                json.WritePropertyName(columns[i]);
                Write(json, columns[i], cells[i]);
            }

            json.WriteEndObject();
        }

        return buffer.ToJson();
    }

    private static void Write(Utf8JsonWriter json, string column, string cell)
    {
        // A user may be called "true" or "N/A".
        if (column is "user" or "arn")
        {
            json.WriteStringValue(cell);
            return;
        }

        switch (cell)
        {
            case "true" or "TRUE":
                json.WriteBooleanValue(true);
                break;
            case "false" or "FALSE":
                json.WriteBooleanValue(false);
                break;
            case "" or "N/A" or "no_information" or "not_supported":
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(cell);
                break;
        }
    }

    private static IReadOnlyList<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var character = line[i];
            if (character == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (character == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(character);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
