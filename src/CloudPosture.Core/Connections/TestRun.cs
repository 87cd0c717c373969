using System;
using System.Collections.Generic;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Errors;

namespace CloudPosture.Connections;

/// <summary>What one test has found so far.</summary>
internal sealed class TestRun
{
    private const string Endpoint = "Endpoint";
    private const string Proxy = "Proxy";
    private EndpointCheck _endpoints;

    public TestRun(PostureConnection connection, EndpointCheck endpoints)
    {
        Connection = connection;
        _endpoints = endpoints;
        Checks = [new ConnectionCheck { Name = Endpoint, Detail = endpoints.Endpoints }, new ConnectionCheck { Name = Proxy, Detail = endpoints.ProxyText }];
    }

    public PostureConnection Connection { get; }

    public List<ConnectionCheck> Checks { get; }

    public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

    public ResolvedCredentials? Session { get; set; }

    public AwsTarget? Target { get; set; }

    public CallerIdentity? Identity { get; set; }

    /// <summary>Says anew where AWS is asked, when the profile is known.</summary>
    public void Use(EndpointCheck endpoints)
    {
        _endpoints = endpoints;
        Checks[0] = Checks[0] with { Detail = endpoints.Endpoints };
        Checks[1] = Checks[1] with { Detail = endpoints.ProxyText };
    }

    public void Fail(string check, Exception problem)
    {
        var name = problem is AwsServiceException { Kind: AwsErrorKind.ClockSkew } ? "Clock" : check;
        Checks.Add(new ConnectionCheck { Name = name, Status = CheckStatus.Failed, Detail = problem.Message, Advice = TestAdvice.On(problem) });
        BlameProxy(problem);
    }

    /// <summary>Where no answer of AWS came, a proxy on the way is to be looked at.</summary>
    public void BlameProxy(Exception problem)
    {
        if (problem is AwsServiceException { Kind: AwsErrorKind.Unreachable or AwsErrorKind.TimedOut or AwsErrorKind.Malformed } && _endpoints.Proxy is { } proxy)
        {
            Checks[1] = Checks[1] with
            {
                Status = CheckStatus.Failed,
                Detail = $"AWS does not answer through {proxy}.",
                Advice = new Advice("Check that the proxy runs and lets AWS's hosts through; correct HTTPS_PROXY, or except them by NO_PROXY."),
            };
        }
    }

    public ConnectionDiagnosis Diagnosis() => new()
    {
        ConnectionName = Connection.Name,
        AccountId = Identity?.AccountId,
        Identity = Identity?.Arn,
        MissingPermissions = [.. Missing],
        Checks = Checks,
    };
}
