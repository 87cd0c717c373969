using System;
using System.Net;

namespace CloudPosture.Aws.Transport;

/// <summary>A proxy for all but this machine: what is sent to a loopback address, signed and in plain text, must never leave it.</summary>
internal sealed class DirectLoopback(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials { get => proxy.Credentials; set => proxy.Credentials = value; }

    public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
}
