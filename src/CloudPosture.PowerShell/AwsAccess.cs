using System;
using CloudPosture.Aws;
using CloudPosture.Connections;

namespace CloudPosture.PowerShell;

/// <summary>What one run of a cmdlet asks AWS with.</summary>
internal sealed class AwsAccess(AwsClient client, ConnectionResolver resolver) : IDisposable
{
    public AwsClient Client => client;

    public ConnectionResolver Resolver => resolver;

    public void Dispose() => client.Dispose();
}
