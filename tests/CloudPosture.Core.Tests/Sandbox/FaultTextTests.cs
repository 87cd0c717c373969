using System;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Tests.Sandbox;

public sealed class FaultTextTests
{
    [Fact]
    public void A_fault_is_told_on_the_command_line()
    {
        var fault = FaultText.Parse("kind=hang, service=ec2,operation=DescribeInstances,account=111122223333,region=us-east-1,status=503,code=Slow,retry-after=2,after=1,count=3");

        Assert.Equal(
            (FaultKind.Hang, "ec2", "DescribeInstances", "111122223333", "us-east-1", 503, "Slow", 2, 1, 3),
            (fault.Kind, fault.Service, fault.Operation, fault.AccountId, fault.Region, fault.Status, fault.Code, fault.RetryAfter, fault.After, fault.Count));
    }

    [Fact]
    public void What_is_left_out_matches_everything()
    {
        var fault = FaultText.Parse("status=503");

        Assert.Equal((FaultKind.Error, null, null, int.MaxValue), (fault.Kind, fault.Service, fault.Region, fault.Count));
    }

    [Theory]
    [InlineData("kind=Meteor", "Meteor")]
    [InlineData("kind=7", "'7'")]
    [InlineData("status=many", "status")]
    [InlineData("colour=red", "colour=red")]
    [InlineData("service", "'service'")]
    [InlineData("status=500,status=503", "status=503")]
    public void What_is_no_fault_is_refused_by_name(string text, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => FaultText.Parse(text)).Message, StringComparison.Ordinal);
}
