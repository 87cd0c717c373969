using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Lake;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Sandbox;

public sealed class ScratchGaps
{
    [Fact]
    public async Task Dump()
    {
        using var lake = new TemporaryLake();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { CheckAnswers = true, Accounts = 4, Regions = 3 });
        var result = await Demo.RunAsync(server, lake.Lake, isPaced: false);
        var lines = lake.Lake.LatestAccounts().SelectMany(a => a.Gaps).Select(g => $"gap {g.Service} {g.ResourceType} {g.Operation} {g.Code} {g.Message[..Math.Min(150, g.Message.Length)]}").Distinct();
        lines = lines.Concat(lake.Lake.LatestAccounts().SelectMany(a => a.Resources()).SelectMany(r => r.Gaps.Select(g => $"field {g.Service} {g.ResourceType} {g.Field} {g.Operation} {g.Code} {g.Message[..Math.Min(150, g.Message.Length)]}")).Distinct());
        lines = lines.Concat(result.Missing.Select(m => "missing " + m)).Concat(result.Unexpected.Select(m => "unexpected " + m));
        lines = lines.Concat(result.Findings.Where(f => f.Status == FindingStatus.NotAssessed).Select(f => $"na {f.RuleId} {f.ResourceId} {f.Evidence}").Take(30));
        var dup = lake.Lake.LatestAccounts().SelectMany(a => a.Resources()).GroupBy(r => r.Arn + "|" + r.Region + "|" + r.Type).Where(g => g.Count() > 1).Select(g => "dup " + g.Key + " " + g.Count());
        File.WriteAllLines("/tmp/house2/gaps.txt", lines.Concat(dup).Concat(result.Found.GroupBy(f => f.RuleId).OrderBy(g => g.Key).Select(g => $"rule {g.Key} {g.Count()}")));
    }
}
