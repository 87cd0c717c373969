using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;
using CloudPosture.ModuleBuilder.Checks;
using CloudPosture.Secrets;

namespace CloudPosture.Tests.Rules;

/// <summary>What answers can hold of secrets is judged and never stored, and the builder sees to it.</summary>
public sealed class SecretMemberTests
{
    private const string Planted = "planted-Zx81!not-to-be-stored";
    private const string KnownMembers = "tests/CloudPosture.Core.Tests/Secrets/sensitive-members.txt";

    [Theory]
    [InlineData("rds", "AWS::RDS::DBInstance", "PendingModifiedValues.MasterUserPassword")]
    [InlineData("lightsail", "AWS::Lightsail::Database", "pendingModifiedValues.masterUserPassword")]
    [InlineData("cloudfront", "AWS::CloudFront::Distribution", "Origins.Items.CustomHeaders.Items.HeaderValue")]
    [InlineData("sns", "AWS::SNS::Subscription", "Endpoint")]
    [InlineData("apigateway", "AWS::ApiGateway::Stage", "variables")]
    [InlineData("apigateway", "AWS::ApiGateway::Stage", "canarySettings.stageVariableOverrides")]
    [InlineData("apigatewayv2", "AWS::ApiGatewayV2::Api", "Integrations.ResponseParameters.*")]
    [InlineData("lambda", "AWS::Lambda::Function", "Environment.Variables")]
    [InlineData("elasticloadbalancing", "AWS::ElasticLoadBalancingV2::LoadBalancer", "Listeners.DefaultActions.AuthenticateOidcConfig.AuthenticationRequestExtraParams")]
    [InlineData("ecs", "AWS::ECS::TaskDefinition", "Definition.taskDefinition.containerDefinitions.logConfiguration.options")]
    [InlineData("firehose", "AWS::KinesisFirehose::DeliveryStream", "Stream.Destinations.SplunkDestinationDescription.HECToken")]
    [InlineData("ec2", "AWS::EC2::Instance", "UserData")]
    public void AMemberThatCanHoldASecretMustBeDeclared(string service, string type, string member)
    {
        var resource = Resource(service, type);
        var model = Shipped.Content.Models.Get(service);

        Assert.Empty(SecretMembers.Problems(resource, model));
        Assert.Contains(member, SecretMembers.Undeclared(resource with { Sensitive = [] }, model));
    }

    [Fact]
    public void HeadersThatAFirewallAddsAreNotToBeKept()
    {
        var resource = Resource("wafv2", "AWS::WAFv2::WebACL");

        Assert.Contains(
            "WebACL.DefaultAction.Allow.CustomRequestHandling.InsertHeaders.Value",
            SecretMembers.Undeclared(resource with { Calls = [.. resource.Calls.Select(call => call with { Omit = [] })] }, Shipped.Content.Models.Get("wafv2")));
    }

    [Fact]
    public void WhatIsCalledHarmlessMustLookHarmful()
    {
        var resource = Resource("rds", "AWS::RDS::DBParameterGroup");
        var model = Shipped.Content.Models.Get("rds");

        Assert.Contains("'Parameters.ParameterValue' can hold a secret", Assert.Single(SecretMembers.Problems(resource with { Harmless = new Dictionary<string, string>() }, model)));
        Assert.Contains("take it out", Assert.Single(SecretMembers.Problems(resource with { Harmless = new Dictionary<string, string>(resource.Harmless) { ["DBParameterGroupName"] = "a name" } }, model)));
    }

    [Fact]
    public void EveryMemberThatIsJudgedIsKnown() => Assert.Equal(
        Known().Order(StringComparer.Ordinal),
        Resources().SelectMany(resource => resource.Sensitive.Select(member => $"{resource.Type} {member.Path.Text}")).Distinct().Order(StringComparer.Ordinal));

    public static TheoryData<string> KnownTypes => [.. Known().Select(line => line.Split(' ')[0]).Distinct()];

    [Theory]
    [MemberData(nameof(KnownTypes))]
    public void ASecretIsStoredFromNoneOfThem(string type)
    {
        foreach (var path in Known().Select(line => line.Split(' ')).Where(parts => parts[0] == type).Select(parts => JsonPath.Parse(parts[1])))
        {
            foreach (var resource in Resources().Where(resource => resource.Type == type))
            {
                var isBase64 = resource.Sensitive.Any(member => member.Path.Text == path.Text && member.Encoding == SensitiveEncoding.Base64);
                foreach (var value in isBase64 ? [Quoted(Convert.ToBase64String(Encoding.UTF8.GetBytes("export TOKEN=" + Planted)))] : Values())
                {
                    var stored = Stored(resource, Json(path, value));

                    Assert.DoesNotContain(Planted, stored, StringComparison.Ordinal);
                    Assert.DoesNotContain(value, stored, StringComparison.Ordinal);
                    Assert.Contains("\"Length\":", stored, StringComparison.Ordinal);
                }
            }
        }
    }

    private static IEnumerable<string> Known() => File.ReadLines(Path.Combine(RepositoryRoot.Path, KnownMembers)).Where(line => line.Length > 0 && line[0] != '#');

    private static IEnumerable<ResourceEntry> Resources() => Shipped.Content.Catalog.Names.SelectMany(name => Shipped.Content.Catalog.Service(name).Resources);

    private static ResourceEntry Resource(string service, string type) => Shipped.Content.Catalog.Service(service).Resources.First(resource => resource.Type == type);

    /// <summary>The forms in which a member can hold it: as a text, in a map, in a list.</summary>
    private static string[] Values() => [Quoted(Planted), $$"""{"x-api-key":{{Quoted(Planted)}}}""", $"[{Quoted(Planted)}]"];

    private static string Quoted(string text) => $"\"{text}\"";

    private static string Json(JsonPath path, string value)
    {
        foreach (var (member, isEach) in path.Steps!.Reverse())
        {
            value = $$"""{"{{member}}":{{(isEach ? $"[{value}]" : value)}}}""";
        }

        return value;
    }

    private static string Stored(ResourceEntry resource, string configuration)
    {
        using var document = JsonDocument.Parse(configuration);
        using var stored = new MemoryStream();
        using (var json = new Utf8JsonWriter(stored))
        {
            SecretSeal.Write(json, document.RootElement, resource.Sensitive);
        }

        return Encoding.UTF8.GetString(stored.ToArray());
    }
}
