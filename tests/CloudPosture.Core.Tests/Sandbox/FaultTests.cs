using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Tests.Sandbox;

public sealed class FaultTests
{
    [Fact]
    public async Task An_empty_bucket_of_tokens_throttles_with_the_services_own_code()
    {
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { Rates = [new RateLimit("ec2", [], 2, 0.001)] });
        await sandbox.CallAsync("ec2", "DescribeVpcs");
        await sandbox.CallAsync("ec2", "DescribeVpcs");

        var error = await sandbox.FailAsync("ec2", "DescribeVpcs");

        Assert.Equal("RequestLimitExceeded", error.Code);
        Assert.Equal(AwsErrorKind.Throttled, error.Kind);
        Assert.Equal("RequestLimitExceeded", sandbox.Server.Calls.Last().Code);
        await sandbox.CallAsync("ec2", "DescribeVpcs", region: "eu-west-1");
    }

    [Theory]
    [InlineData(FaultKind.TruncatedBody)]
    [InlineData(FaultKind.MalformedBody)]
    [InlineData(FaultKind.WrongContentType)]
    [InlineData(FaultKind.ConnectionReset)]
    public async Task A_spoilt_answer_is_an_error_once_and_for_that_operation_alone(FaultKind kind)
    {
        await using var sandbox = await SandboxClient.StartAsync();
        sandbox.Server.Faults.Add(new Fault { Kind = kind, Service = "iam", Operation = "GetAccountSummary", Count = 1 });

        await sandbox.CallAsync("iam", "ListAccountAliases");
        await sandbox.FailAsync("iam", "GetAccountSummary");
        await sandbox.CallAsync("iam", "GetAccountSummary");
    }

    [Fact]
    public async Task Pages_hold_what_one_page_holds()
    {
        await using var whole = await SandboxClient.StartAsync();
        await using var paged = await SandboxClient.StartAsync(new SandboxOptions { MaxPageSize = 1, Now = whole.Server.Organization.Now });

        var pages = await paged.PagesAsync("ec2", "DescribeSecurityGroups");

        var expected = (await whole.CallAsync("ec2", "DescribeSecurityGroups")).GetProperty("SecurityGroups").EnumerateArray().Select(group => group.GetRawText());
        Assert.All(pages, page => Assert.Equal(1, page.GetProperty("SecurityGroups").GetArrayLength()));
        Assert.Equal(expected, pages.SelectMany(page => page.GetProperty("SecurityGroups").EnumerateArray()).Select(group => group.GetRawText()));
    }

    [Fact]
    public async Task A_repeated_page_token_is_noticed()
    {
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { MaxPageSize = 1 });
        sandbox.Server.Faults.Add(new Fault { Kind = FaultKind.RepeatedPageToken, Operation = "ListKeys" });

        await Assert.ThrowsAsync<AwsServiceException>(() => sandbox.PagesAsync("kms", "ListKeys"));
    }
}
