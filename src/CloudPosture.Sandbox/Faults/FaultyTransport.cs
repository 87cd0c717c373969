using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Sandbox.Protocols;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudPosture.Sandbox.Faults;

/// <summary>Sends an answer, or spoils it on its way as a fault says.</summary>
internal static class FaultyTransport
{
    public static async Task SendAsync(HttpContext context, WireAnswer answer, Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.ConnectionReset:
                context.Abort();
                return;
            case FaultKind.Hang:
                await HangAsync(context.RequestAborted).ConfigureAwait(false);
                return;
            case FaultKind.MalformedBody:
                answer.Body = Encoding.ASCII.GetBytes("<<{\"not\": xml] nor JSON");
                break;
            case FaultKind.EmptyBody:
                Replace(answer, []);
                break;
            case FaultKind.ForeignBody:
                Replace(answer, Encoding.ASCII.GetBytes(answer.ContentType?.Contains("json", StringComparison.Ordinal) == true ? "{\"error\":\"please sign in\"}" : "<portal><Status>please sign in</Status></portal>"));
                break;
            case FaultKind.RewrittenBody when fault.Rewrite is { } rewrite:
                Replace(answer, rewrite(answer.Body));
                break;
            case FaultKind.WrongContentType:
                answer.ContentType = "text/html";
                answer.Body = Encoding.ASCII.GetBytes("<html><body>Please sign in to the proxy.</body></html>");
                break;
        }

        await SendBodyAsync(context, answer, fault?.Kind).ConfigureAwait(false);
    }

    /// <summary>Who stands between answers with success, whatever the service said.</summary>
    private static void Replace(WireAnswer answer, byte[] body)
    {
        answer.Status = StatusCodes.Status200OK;
        answer.Headers.Clear();
        answer.Body = body;
    }

    private static async Task SendBodyAsync(HttpContext context, WireAnswer answer, FaultKind? kind)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        switch (kind)
        {
            case FaultKind.TruncatedBody:
                await SendHalfAsync(context, answer.Body).ConfigureAwait(false);
                context.Abort();
                break;
            case FaultKind.HalfClosed:
                await SendHalfAsync(context, answer.Body).ConfigureAwait(false);
                context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Send);
                await HangAsync(context.RequestAborted).ConfigureAwait(false);
                break;
            case FaultKind.SlowBody:
                await DripAsync(context, answer.Body).ConfigureAwait(false);
                break;
            default:
                await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
                break;
        }
    }

    private static async Task SendHalfAsync(HttpContext context, byte[] body)
    {
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task DripAsync(HttpContext context, byte[] body)
    {
        const int Drop = 64;
        for (var position = 0; position < body.Length; position += Drop)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(position, Math.Min(Drop, body.Length - position)), context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            await Task.Delay(20, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static async Task HangAsync(CancellationToken aborted)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, aborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client gave up, which ends the fault.
        }
    }
}
