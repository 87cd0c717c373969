using System;
using System.Net;
using System.Net.Http;
using CloudPosture.Aws.Transport;

namespace CloudPosture.Tests.Aws;

/// <summary>What goes to this machine goes to no proxy, whatever the environment says.</summary>
public sealed class LoopbackProxyTests
{
    private static readonly WebProxy Proxy = new("http://proxy.example:3128") { Credentials = new NetworkCredential("user", "planted") };

    [Theory]
    [InlineData("http://127.0.0.1:4566/")]
    [InlineData("http://127.8.8.8/")]
    [InlineData("http://localhost:4566/")]
    [InlineData("http://[::1]:4566/")]
    [InlineData("https://localhost/")]
    public void This_machine_is_asked_directly(string address)
    {
        var proxy = new DirectLoopback(Proxy);

        Assert.True(proxy.IsBypassed(new Uri(address)));
        Assert.Null(proxy.GetProxy(new Uri(address)));
    }

    [Theory]
    [InlineData("https://sts.eu-central-1.amazonaws.com/")]
    [InlineData("https://localhost.example/")]
    public void Others_are_asked_through_the_proxy(string address)
    {
        var proxy = new DirectLoopback(Proxy);

        Assert.False(proxy.IsBypassed(new Uri(address)));
        Assert.Equal(new Uri("http://proxy.example:3128"), proxy.GetProxy(new Uri(address)));
        Assert.Same(Proxy.Credentials, proxy.Credentials);
    }

    [Fact]
    public void The_client_s_own_connections_go_by_it()
    {
        using var handler = Assert.IsType<SocketsHttpHandler>(HttpTransport.Create());

        Assert.IsType<DirectLoopback>(handler.Proxy);
    }
}
