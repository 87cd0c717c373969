using System.Linq;
using System.Text.Json;
using CloudPosture.Connections;

namespace CloudPosture.Tests.Connections;

/// <summary>IAM's simulator is asked about what a harvest is going to ask for.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void WhatIsGrantedOnNamedResourcesIsAskedForThere()
    {
        var inputs = Simulations.Of("arn:aws:iam::111122223333:role/r", ["apigateway:GET", "s3:ListAllMyBuckets"], "aws", "eu-central-1", Shipped.Content.Catalog, Shipped.Content.Models).Select(input => JsonSerializer.SerializeToElement(input)).ToList();

        Assert.Equal("s3:ListAllMyBuckets", Assert.Single(inputs[0].GetProperty("ActionNames").EnumerateArray()).GetString());
        Assert.False(inputs[0].TryGetProperty("ResourceArns", out _));
        var resources = inputs[1].GetProperty("ResourceArns").EnumerateArray().Select(arn => arn.GetString()).ToList();
        Assert.Contains("arn:aws:apigateway:eu-central-1::/restapis", resources);
        Assert.Contains("arn:aws:apigateway:eu-central-1::/restapis/x/stages", resources);
        Assert.Contains("arn:aws:apigateway:eu-central-1::/apis", resources);
    }

    [Fact]
    public void ACallTakesAHundredActions() =>
        Assert.Equal([100, 100, 50], Simulations.Of("p", [.. Enumerable.Range(0, 250).Select(number => $"s3:Get{number}")], "aws", "eu-central-1", Shipped.Content.Catalog, Shipped.Content.Models).Select(input => JsonSerializer.SerializeToElement(input).GetProperty("ActionNames").GetArrayLength()));
}
