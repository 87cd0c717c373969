using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Harvest;

/// <summary>What the catalog leaves out is never kept: secrets, texts of customers, what belongs to others.</summary>
public sealed class CollectingLessTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task OfOptionsWhatSwitchesStaysAndWhatMayBeSecretIsJudged()
    {
        Aws.Regions("eu-west-1")
            .On("elasticbeanstalk:DescribeEnvironments", """{"Environments":[{"EnvironmentName":"shop","EnvironmentId":"e-1","ApplicationName":"shop","EnvironmentArn":"arn:aws:elasticbeanstalk:eu-west-1:111122223333:environment/shop/shop"}]}""")
            .On("elasticbeanstalk:DescribeConfigurationSettings", """
                {"ConfigurationSettings":[{"OptionSettings":[
                    {"Namespace":"aws:elasticbeanstalk:cloudwatch:logs","OptionName":"StreamLogs","Value":"true"},
                    {"Namespace":"aws:elasticbeanstalk:application:environment","OptionName":"DB_PASSWORD","Value":"correct-horse-battery"}]}]}
                """);

        await _harvest.RunAsync("elasticbeanstalk");

        var options = Assert.Single(_harvest.All("AWS::ElasticBeanstalk::Environment")).Configuration.GetProperty("Options");
        Assert.Equal("true", options[0].GetProperty("Value").GetString());
        Assert.True(options[1].GetProperty("Value").TryGetProperty("Secret", out _));
        Assert.DoesNotContain("correct-horse-battery", options.ToString());
    }

    [Fact]
    public async Task SecretsAndCustomersValuesAreNeverStored()
    {
        Aws.Regions("eu-west-1").On("lambda:ListFunctions", """{"Functions":[{"FunctionName":"f","FunctionArn":"arn:f","Environment":{"Variables":{"PASSWORD":"hunter2"}}}]}""")
            .On("apigateway:GetRestApis", """{"items":[{"id":"api"}]}""")
            .On("apigateway:GetStages", """{"item":[{"stageName":"prod","variables":{"key":"hunter2"}}]}""");

        await _harvest.RunAsync("lambda", "apigateway");

        Assert.Equal(4, _harvest.Snapshot.Resources().Count());
        Assert.DoesNotContain(_harvest.Snapshot.Resources(), resource => resource.Configuration.GetRawText().Contains("hunter2"));
    }

    [Fact]
    public async Task WhatAListCannotBeToldToLeaveOutIsLeftOut()
    {
        Aws.Regions("eu-west-1").On("sns:ListTopics", """{"Topics":[]}""")
            .On("sns:ListSubscriptions", """{"Subscriptions":[{"SubscriptionArn":"PendingConfirmation","Protocol":"http"},{"SubscriptionArn":"arn:s","Protocol":"https","Endpoint":"https://robot:hunter2@example.com"}]}""");

        await _harvest.RunAsync("sns");

        var subscription = _harvest.One("AWS::SNS::Subscription");
        Assert.Equal("arn:s", subscription.Id);
        Assert.DoesNotContain("hunter2", subscription.Configuration.GetRawText());
    }

    [Fact]
    public async Task ConnectionsAndInterfacesThatWereDeletedOfLateAreGone()
    {
        Aws.Regions("eu-west-1")
            .On("directconnect:DescribeConnections", """{"connections":[{"connectionId":"c1","connectionState":"deleted"},{"connectionId":"c2","connectionState":"down"},{"connectionId":"c3","connectionState":"rejected"}]}""")
            .On("directconnect:DescribeVirtualInterfaces", """{"virtualInterfaces":[{"virtualInterfaceId":"v1","virtualInterfaceState":"deleting"},{"virtualInterfaceId":"v2","virtualInterfaceState":"available"}]}""")
            .On("directconnect:DescribeDirectConnectGateways", """{"directConnectGateways":[]}""");

        await _harvest.RunAsync("directconnect");

        Assert.Equal("c2", _harvest.One("AWS::DirectConnect::Connection").Id);
        Assert.Equal("v2", _harvest.One("AWS::DirectConnect::VirtualInterface").Id);
    }

    [Fact]
    public async Task CustomModelsOfOthersAreNotAskedFor()
    {
        var own = new List<bool>();
        Aws.Regions("eu-west-1").On("bedrock:ListCustomModels", call =>
        {
            own.Add(call.Input.GetProperty("isOwned").GetBoolean());
            return """{"modelSummaries":[]}""";
        });

        await _harvest.RunAsync("bedrock");

        Assert.Equal([true], own);
    }

    [Fact]
    public async Task OfAnAgentsVersionTheRoleIsKeptAndItsTextsAreNot()
    {
        Aws.Regions("eu-west-1").On("bedrockagent:ListAgents", """{"agentSummaries":[{"agentId":"A1","agentName":"helper"}]}""")
            .On("bedrockagent:GetAgent", """{"agent":{"agentId":"A1","agentResourceRoleArn":"arn:aws:iam::111122223333:role/draft"}}""")
            .On("bedrockagent:ListAgentAliases", """{"agentAliasSummaries":[{"agentAliasId":"TSTALIASID","agentAliasName":"t","agentAliasStatus":"PREPARED","routingConfiguration":[{"agentVersion":"DRAFT"}]},{"agentAliasId":"L1","agentAliasName":"live","agentAliasStatus":"PREPARED","aliasInvocationState":"ACCEPT_INVOCATIONS","routingConfiguration":[{"agentVersion":"7"}]},{"agentAliasId":"L2","agentAliasName":"new","agentAliasStatus":"CREATING"}]}""")
            .On("bedrockagent:GetAgentVersion", call => call.Input.GetProperty("agentVersion").ValueEquals("7")
                ? """{"agentVersion":{"version":"7","instruction":"hunter2","promptOverrideConfiguration":{"overrideLambda":"hunter2"},"agentResourceRoleArn":"arn:aws:iam::111122223333:role/live"}}"""
                : new InvalidOperationException("The draft's role comes with the agent."))
            .On("bedrockagent:ListKnowledgeBases", """{"knowledgeBaseSummaries":[]}""").On("bedrockagent:ListPrompts", """{"promptSummaries":[]}""");

        await _harvest.RunAsync("bedrockagent");

        Assert.Empty(_harvest.Snapshot.Gaps);
        var aliases = _harvest.All("AWS::Bedrock::AgentAlias");
        Assert.Equal(["L1", "L2"], aliases.Select(alias => alias.Id).Order());
        var live = aliases.Single(alias => alias.Id == "L1").Configuration;
        Assert.Equal("A1", live.GetProperty("agentId").GetString());
        Assert.Equal("arn:aws:iam::111122223333:role/live", live.GetProperty("Version").GetProperty("agentResourceRoleArn").GetString());
        Assert.DoesNotContain("hunter2", live.GetRawText());
        Assert.Equal(1, Aws.Count("bedrockagent:GetAgentVersion"));
    }
}
