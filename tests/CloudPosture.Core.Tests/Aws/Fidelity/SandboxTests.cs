using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;
using CloudPosture.Tests.Sandbox;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>The sandbox and our client share models, so that only another client can show a mistake of both.</summary>
public sealed class SandboxTests
{
    [BotocoreFact]
    public async Task Every_catalogued_operation_decodes_as_botocore_parses_it()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 2, Regions = 3, TimeProvider = new StandingTime() });
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = sandbox.Url });
        using var lake = new TemporaryLake();
        var management = (await Demo.TargetsAsync(sandbox.Organization, client, default))[0];
        var recorder = new RecordingCaller(client);
        await foreach (var account in new Harvester(recorder, Shipped.Content).RunAsync(new HarvestRequest { Lake = lake.Lake, Targets = [management], Unpaced = true }))
        {
            Assert.Equal((AccountStatus.Complete, 0L), (account.Status, account.Gaps));
        }

        var differences = await new BotocoreReference(sandbox.Url, management.Credentials).DifferencesAsync(recorder.Calls);

        var catalogued = Shipped.Content.Catalog.Services.SelectMany(service => service.Operations.Select(operation => (service.Name, operation)));

        // The sandbox's detectors have neither filters nor lists of addresses.
        Assert.Empty(catalogued.Except(recorder.Calls.Select(call => (call.Service, call.Operation))).Except([("guardduty", "GetFilter"), ("guardduty", "GetIPSet")]));
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }
}
