using System;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Aws;

/// <summary>
/// A decoded answer, in the form the AWS CLI prints: official member names, timestamps in ISO 8601, blobs in base64, members that
/// the answer lacks left out. It lives in pooled memory.
/// </summary>
public sealed class AwsAnswer : IDisposable
{
    private readonly ByteBuffer _memory;
    private JsonDocument? _document;
    private IDisposable? _place;

    internal AwsAnswer(ByteBuffer memory, string? requestId, int httpStatus, long wireBytes)
    {
        _memory = memory;
        RequestId = requestId;
        HttpStatus = httpStatus;
        WireBytes = wireBytes;
    }

    /// <summary>The answer, always an object; valid until <see cref="Dispose"/>. Clone what must live longer.</summary>
    public JsonElement Root => (_document ??= JsonDocument.Parse(Json)).RootElement;

    /// <summary>The id by which AWS Support finds the call; null where the service sent none.</summary>
    public string? RequestId { get; }

    /// <summary>The HTTP status, 200 to 299.</summary>
    public int HttpStatus { get; }

    /// <summary>The size of the answer's body in bytes, decompressed.</summary>
    public long WireBytes { get; }

    /// <summary>The answer's text, valid until <see cref="Dispose"/>.</summary>
    internal ReadOnlyMemory<byte> Json => _memory.Array.AsMemory(0, _memory.Length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _document?.Dispose();
        _memory.Dispose();
        _place?.Dispose();
    }

    /// <summary>Keeps a place taken as long as the answer lives.</summary>
    internal void Hold(IDisposable? place) => _place = place;
}
