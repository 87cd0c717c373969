using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Tests.Lake;

/// <summary>A lake in a folder of its own that goes when the test ends.</summary>
internal sealed class TemporaryLake : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "lake-" + Guid.NewGuid().ToString("N"));

    public TemporaryLake() => Lake = PostureLake.Open(_folder);

    public PostureLake Lake { get; }

    public static HarvestedAccount Account(string id) =>
        new() { AccountId = id, AccountName = "name of " + id, Partition = "aws", Connection = "prod", Regions = ["eu-west-1"] };

    public static Resource Resource(string accountId, string type, string id, DateTimeOffset at, string harvestId = "h1") => new()
    {
        Type = type,
        Arn = "arn:aws:x:::" + id,
        Id = id,
        Name = "name of " + id,
        AccountId = accountId,
        AccountName = "name of " + accountId,
        Region = "eu-west-1",
        Configuration = JsonDocument.Parse($$"""{"Id":{{JsonSerializer.Serialize(id)}},"N":1}""").RootElement,
        HarvestId = harvestId,
        HarvestedAt = at,
        Connection = "prod",
    };

    public static ReadGap Gap(string service, string type, string? field = null, string code = "AccessDenied") => new()
    {
        Service = service,
        ResourceType = type,
        Field = field,
        Region = "eu-west-1",
        Operation = "ListThings",
        Reason = GapReason.AccessDenied,
        Code = code,
        Message = "not allowed",
    };

    public HarvestWriter Write(string harvestId = "h1", DateTimeOffset? startedAt = null) =>
        HarvestWriter.Open(Lake, new HarvestManifest { HarvestId = harvestId, StartedAt = startedAt ?? Noon });

    /// <summary>A whole service of an account.</summary>
    public static void Commit(HarvestWriter writer, string accountId, string service, DateTimeOffset at, params string[] ids)
    {
        var account = Account(accountId);
        writer.Record(account);
        using var file = writer.Begin(account, service, at);
        foreach (var id in ids)
        {
            file.Add(Resource(accountId, "AWS::" + service, id, at, writer.Manifest.HarvestId));
        }

        file.Commit(new ServiceStatistics());
    }

    public IReadOnlyList<string> Ids(ResourceQuery? query = null) =>
        [.. Lake.ReadResources(query ?? new()).Select(resource => resource.Id).OrderBy(id => id, StringComparer.Ordinal)];

    public string FileOf(string kind, string accountId, string harvestId = "h1") =>
        Path.Combine(_folder, "harvest=" + harvestId, kind, "account=" + accountId, "part-0.jsonl.gz");

    public string HarvestFile(string name, string harvestId = "h1") => Path.Combine(_folder, "harvest=" + harvestId, name);

    /// <summary>A copy of the lake as a crash would leave it.</summary>
    public TemporaryLake Copy()
    {
        var copy = new TemporaryLake();
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var target = Path.Combine(copy._folder, Path.GetRelativePath(_folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
