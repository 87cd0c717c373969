using System;
using System.Linq;
using CloudPosture.Connections;

namespace CloudPosture.Tests.Connections;

/// <summary>What the environment says of proxy and endpoints is told as the client takes it.</summary>
public sealed class EndpointCheckTests
{
    [Theory]
    [InlineData("HTTPS_PROXY", "127.0.0.1:9303", null, "http://127.0.0.1:9303")]
    [InlineData("https_proxy", "http://me:secret@proxy.example:3128", null, "http://proxy.example:3128.")]
    [InlineData("ALL_PROXY", "http://proxy.example:3128", null, "http://proxy.example:3128")]
    [InlineData("HTTPS_PROXY", "http://proxy.example:3128", ".amazonaws.com", "NO_PROXY")]
    [InlineData("HTTPS_PROXY", "http://proxy.example:3128", "example.com,sts.us-east-1.amazonaws.com", "NO_PROXY")]
    [InlineData("HTTPS_PROXY", "http://proxy.example:3128", "amazonaws.com", "http://proxy.example:3128")]
    [InlineData("http_proxy", "http://proxy.example:3128", null, "None is set")]
    public void The_proxy_is_told_as_the_client_takes_it(string variable, string value, string? except, string says)
    {
        var text = new EndpointCheck(Shipped.Content.Models, Variables((variable, value), ("NO_PROXY", except)), null, null).ProxyText;
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.example", "https://sts.example for STS")]
    [InlineData("AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2", "https://elb.example", "https://elb.example for Elastic Load Balancing v2")]
    [InlineData("AWS_ENDPOINT_URL", "https://me:secret@all.example", "https://all.example in place")]
    [InlineData("AWS_REGION", "eu-west-1", "AWS's own endpoints.")]
    public void Endpoints_of_the_environment_are_told(string variable, string value, string says)
    {
        Assert.Contains(says, new EndpointCheck(Shipped.Content.Models, Variables((variable, value)), null, null).Endpoints, StringComparison.Ordinal);
        Assert.Equal("AWS's own endpoints.", new EndpointCheck(Shipped.Content.Models, Variables((variable, value), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")), null, null).Endpoints);
    }

    private static Func<string, string?> Variables(params (string Name, string? Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
