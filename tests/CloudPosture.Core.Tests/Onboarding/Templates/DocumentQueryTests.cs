using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Templates;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>The questions about a long document answer True where it is the one that is meant, and there alone.</summary>
public sealed class DocumentQueryTests
{
    private const string Ask = """
        import json, sys
        try:
            import jmespath
        except ImportError:
            print("skipped: python3 has no jmespath"); sys.exit()
        queries, documents = json.load(open("queries.json")), json.load(open("documents.json"))
        for document in documents:
            print(all(jmespath.search(query, {"PolicyVersion": {"Document": document}}) is True for query in queries))
        """;

    [Fact]
    public void AShortDocumentIsOneQuestion() =>
        Assert.Equal("PolicyVersion.Document == `{\"a\":1}`", Assert.Single(DocumentQuery.Of("PolicyVersion.Document", """{"a":1}""")));

    [Fact]
    public void PartsAnswerAsTheWholeWould()
    {
        var document = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray([.. Enumerable.Range(0, 40).Select(number => (JsonNode)new JsonObject
            {
                ["Effect"] = "Allow",
                ["Action"] = new JsonArray([.. Enumerable.Range(0, 10).Select(action => JsonValue.Create($"s3:Get`\u00E9{number}-{action}"))]),
                ["Resource"] = "*",
            })]),
        };
        var queries = DocumentQuery.Of("PolicyVersion.Document", document.ToJsonString());
        Assert.True(queries.Count > 3);
        Assert.All(queries, query => Assert.InRange(query.Length, 1, 3000));
        if (!ExternalTool.IsHere("python3"))
        {
            return;
        }

        Action<JsonObject>[] changes =
        [
            same => _ = same,
            other => other["Id"] = "more",
            other => other.Remove("Version"),
            other => other["Version"] = "2008-10-17",
            other => other["Statement"] = "*",
            other => other["Statement"] = other["Statement"]![0]!.DeepClone(),
            other => other["Statement"] = null,
            other => other["Statement"]!.AsArray().Add(new JsonObject()),
            other => other["Statement"]!.AsArray().RemoveAt(39),
            other => other["Statement"]![0]!["Effect"] = "Deny",
            other => other["Statement"]![39]!["Resource"] = "arn:x",
            other => other["Statement"]![20]!["Action"]![9] = "s3:*",
            other => other["Statement"]![20]!["Condition"] = new JsonObject(),
            other => other["Statement"]![20] = null,
            other => (other["Statement"]![3], other["Statement"]![4]) = (other["Statement"]![4]!.DeepClone(), other["Statement"]![3]!.DeepClone()),
        ];
        var documents = changes.Select(change =>
        {
            var changed = document.DeepClone().AsObject();
            change(changed);
            return (JsonNode)changed;
        });
        var folder = Directory.CreateTempSubdirectory("query").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "queries.json"), new JsonArray([.. queries.Select(query => JsonValue.Create(query))]).ToJsonString());
            File.WriteAllText(Path.Combine(folder, "documents.json"), new JsonArray([.. documents]).ToJsonString());
            var (exitCode, output) = ExternalTool.Run(folder, "python3", ["-c", Ask]);
            Assert.True(exitCode == 0, output);
            if (!output.StartsWith("skipped", StringComparison.Ordinal))
            {
                Assert.Equal(["True", .. Enumerable.Repeat("False", changes.Length - 1)], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
