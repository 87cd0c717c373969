using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Json;

namespace CloudPosture.Posture.Publishing;

/// <summary>Sends findings to BatchImportFindings, as many at a time as it takes.</summary>
/// <param name="client">What asks AWS.</param>
/// <param name="target">The account and Region.</param>
internal sealed class HubBatch(AwsClient client, AwsTarget target) : IDisposable
{
    private const int MostFindings = 100;
    private const int LargestFinding = 240 * 1024;

    // AWS takes 6 MB.
    private const int LargestBatch = 5 * 1024 * 1024;
    private readonly MemoryStream _body = new();
    private readonly List<(string Id, string Reason)> _failures = [];
    private readonly List<(string Id, bool IsArchived)> _waiting = [];

    /// <summary>What was refused.</summary>
    public IReadOnlyList<(string Id, string Reason)> Failures => _failures;

    /// <summary>How many active findings AWS took.</summary>
    public int Imported { get; private set; }

    /// <summary>How many archived ones AWS took.</summary>
    public int Archived { get; private set; }

    public void Dispose() => _body.Dispose();

    /// <summary>Adds a finding, and sends what is full.</summary>
    public async Task AddAsync(string id, bool isArchived, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var one = new MemoryStream();
        using (var json = new Utf8JsonWriter(one))
        {
            write(json);
        }

        if (one.Length > LargestFinding)
        {
            _failures.Add((id, "It is larger than the 240 KB that AWS Security Hub takes."));
            return;
        }

        if (_waiting.Count == MostFindings || _body.Length + one.Length > LargestBatch)
        {
            await SendAsync(cancellationToken).ConfigureAwait(false);
        }

        _body.WriteByte((byte)(_waiting.Count == 0 ? '[' : ','));
        one.WriteTo(_body);
        _waiting.Add((id, isArchived));
    }

    /// <summary>Sends what waits.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        _body.WriteByte((byte)']');
        using var findings = JsonDocument.Parse(_body.ToArray());
        var call = new AwsCall
        {
            Operation = client.Models.Get("securityhub").Operation("BatchImportFindings"),
            Input = JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["Findings"] = findings.RootElement }),
            Target = target,
        };
        using var answer = await client.SendWithRetryAsync(call, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<(string Id, string Reason)> refused = answer.Root.TryGetProperty("FailedFindings", out var failed) && failed.ValueKind == JsonValueKind.Array
            ? [.. failed.EnumerateArray().Select(one => (one.Text("Id") ?? "", $"{one.Text("ErrorCode")}: {one.Text("ErrorMessage")}"))]
            : [];
        var taken = _waiting.Where(one => refused.All(other => other.Id != one.Id)).ToList();
        Imported += taken.Count(one => !one.IsArchived);
        Archived += taken.Count(one => one.IsArchived);
        _failures.AddRange(refused);
        _body.SetLength(0);
        _waiting.Clear();
    }
}
