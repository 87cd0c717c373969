using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Schema;

namespace CloudPosture.Tests.Reporting;

/// <summary>
/// Schemas that others published: those of JUnit and NUnit come with Pester, which the prompt brings; a folder in <c>POSTURE_SCHEMAS</c> may
/// hold Jenkins' <c>junit-10.xsd</c> and a checkout of OCSF's schema named <c>ocsf-schema</c>.
/// </summary>
internal static class PublishedSchemas
{
    private static string? Pester => new[] { "Release", "Debug" }
        .Select(configuration => Path.Combine(RepositoryRoot.Path, "src", "CloudPosture.Prompt", "bin", configuration, "net10.0", "Modules", "Pester", "schemas"))
        .FirstOrDefault(Directory.Exists);

    /// <summary>Where the schema is; null where nobody has it.</summary>
    public static string? Find(string name)
    {
        var places = new[] { Pester, Environment.GetEnvironmentVariable("POSTURE_SCHEMAS") }.OfType<string>();
        return places.Select(place => Path.Combine(place, name)).FirstOrDefault(path => File.Exists(path) || Directory.Exists(path));
    }

    /// <summary>What is wrong with a document by a schema, each kind of mistake once.</summary>
    public static IReadOnlyList<string> Mistakes(byte[] document, string schema)
    {
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, schema);
        var mistakes = new SortedSet<string>(StringComparer.Ordinal);
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schemas };
        settings.ValidationEventHandler += (_, mistake) => mistakes.Add(mistake.Message);
        using var reader = XmlReader.Create(new MemoryStream(document), settings);
        while (reader.Read())
        {
            // Each node is looked at as it passes.
        }

        return [.. mistakes];
    }
}
