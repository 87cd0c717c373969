using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Benchmarks;

/// <summary>Keeps the last answer as it came over the wire.</summary>
internal sealed class RecordingHandler() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    public byte[] Body { get; private set; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        Body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response;
    }
}
