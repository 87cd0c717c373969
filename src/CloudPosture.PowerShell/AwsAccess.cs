using System;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Harvest.Calls;

namespace CloudPosture.PowerShell;

/// <summary>What one run of a cmdlet asks AWS with.</summary>
internal sealed class AwsAccess(AwsClient client, ConnectionResolver resolver, CallLedger ledger) : IDisposable
{
    public AwsClient Client => client;

    public ConnectionResolver Resolver => resolver;

    /// <summary>What was sent to reach the accounts.</summary>
    public CallLedger Ledger => ledger;

    public void Dispose() => client.Dispose();
}
