using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>Our client against a server that shares nothing with it.</summary>
public sealed class MotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    // moto dates these anew at each call, or botocore asks for them in a protocol that rounds to milliseconds.
    private static readonly string[] Volatile =
    [
        ".SizeInBytes.Timestamp", ".LatestRestorableTime", ".LatestDeliveryTime", ".LatestDeliveryAttemptTime",
        ".AlarmConfigurationUpdatedTimestamp", ".StateUpdatedTimestamp", ".lastEvaluatedAt",
    ];

    [MotoFact]
    public async Task Answers_of_an_independent_server_decode_as_botocore_parses_them()
    {
        var differences = await new BotocoreReference(moto.Endpoint, MotoServer.Credentials).DifferencesAsync(moto.Calls);

        Assert.True(moto.Calls.Count > 100, "The scenario lost its calls.");
        differences = [.. differences.Where(difference => !Volatile.Any(member => difference.Contains(member + " is ", StringComparison.Ordinal)))];
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    [MotoFact]
    public async Task Pages_are_followed_to_the_last_item()
    {
        Assert.Equal(["user-0", "user-1", "user-2", "user-3", "user-4"], await NamesAsync("iam", "ListUsers", new { MaxItems = 2 }, "Users", "UserName"));
        Assert.Contains("web", await NamesAsync("ec2", "DescribeSecurityGroups", new { MaxResults = 5 }, "SecurityGroups", "GroupName"));
        Assert.Equal(["Account 0", "Account 1", "Account 2", "master"], (await NamesAsync("organizations", "ListAccounts", new { MaxResults = 1 }, "Accounts", "Name")).Order());
    }

    private async Task<IReadOnlyList<string?>> NamesAsync(string service, string operation, object input, string items, string name)
    {
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = moto.Endpoint });
        var call = new AwsCall
        {
            Operation = Shipped.Content.Models.Get(service).Operation(operation),
            Input = JsonSerializer.SerializeToElement(input),
            Target = new AwsTarget { Credentials = MotoServer.Credentials, Region = MotoServer.Region },
        };
        var names = new List<string?>();
        await foreach (var page in client.PagesAsync(call, CancellationToken.None))
        {
            names.AddRange(page.Root.GetProperty(items).EnumerateArray().Select(item => item.GetProperty(name).GetString()));
        }

        return names;
    }
}
