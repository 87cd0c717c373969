using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Lake;

namespace CloudPosture.Assessment;

/// <summary>The failures that are accepted, from a YAML list of {rule, account, resource, until, reason}; account, resource and until may be left out.</summary>
public sealed class ExceptionList
{
    /// <summary>Nothing is accepted.</summary>
    public static readonly ExceptionList Empty = new([]);

    private readonly IReadOnlyList<AcceptedRisk> _risks;

    private ExceptionList(IReadOnlyList<AcceptedRisk> risks) => _risks = risks;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path.</param>
    /// <returns>What it accepts.</returns>
    /// <exception cref="ContentException">The file is invalid.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ExceptionList Load(string file) => new(YamlFile.Read(file, Read));

    internal static ExceptionList Load(string file, TextReader text) => new([.. Read(file, text)]);

    /// <summary>The risk that covers a failed finding; null where none does.</summary>
    internal AcceptedRisk? Find(Finding finding) => _risks.FirstOrDefault(risk => risk.Covers(finding));

    private static IEnumerable<AcceptedRisk> Read(string file, TextReader text) => YamlFile.Maps(file, text).Select(map =>
    {
        var risk = new AcceptedRisk(map.Required("rule"), map.Text("account") ?? "*", map.Text("resource") ?? "*", map.Date("until"), map.Required("reason"));
        map.RejectUnknownKeys();
        return risk;
    });
}
