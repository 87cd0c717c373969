using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Catalog;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.Tests.Content;

public sealed class ServiceCatalogTests
{
    /// <summary>Actions of level Read that return what customers store, not how it is configured.</summary>
    private static readonly string[] CustomerData =
    [
        "s3:GetObject", "s3:GetObjectVersion", "lambda:GetFunction", "lambda:GetLayerVersion",
        "states:GetExecutionHistory", "states:DescribeExecution", "states:DescribeStateMachineForExecution",
        "logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetQueryResults", "logs:StartQuery",
        "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue",
        "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory",
        "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetAuthorizationToken",
        "dynamodb:Scan", "dynamodb:Query", "dynamodb:GetItem", "dynamodb:BatchGetItem",
        "kms:Decrypt", "sqs:ReceiveMessage", "kinesis:GetRecords", "cloudtrail:LookupEvents",
        "ec2:GetPasswordData", "ec2:GetConsoleOutput", "ec2:GetConsoleScreenshot", "rds:DownloadDBLogFilePortion",
        "sts:AssumeRole", "sts:GetSessionToken", "sts:GetFederationToken",
    ];

    public static TheoryData<string> Names => [.. Shipped.Content.Catalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryEntryIsValidAndNamedAfterItsFile(string name) =>
        Assert.Equal(name, Shipped.Content.Catalog.Service(name).Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void OnlyReadsConfiguration(string name)
    {
        var actions = Shipped.Content.Catalog.Service(name).Actions;

        Assert.NotEmpty(actions);
        Assert.Equal([], actions.Where(action => IamActions.Find(action)?.ReadsConfiguration != true));
        Assert.Empty(actions.Intersect(CustomerData));
    }

    /// <summary>Large pages are taken apart: what leads to the next page must not be looked for in an item. Lists of names alone are never large.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ThePositionOfAListIsNotInAnItem(string name)
    {
        var service = Shipped.Content.Catalog.Service(name);
        var operations = service.Resources.Select(resource => resource.List).OfType<ListEntry>().Where(list => list.ItemField is null).Select(list => Shipped.Content.Models.Get(service.Name).Operation(list.Operation));

        Assert.DoesNotContain(operations.SelectMany(operation => operation.Pagination?.OutputTokens ?? []), token => token.Contains('['));
    }

    [Fact]
    public void AnEntryIsReadOnce() =>
        Assert.Same(Shipped.Content.Catalog.Service("s3"), Shipped.Content.Catalog.Service("S3"));

    [Fact]
    public void AnUnknownServiceIsAnsweredWithTheKnownOnes()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Shipped.Content.Catalog.Service("s4"));

        Assert.Contains("'s4'", error.Message);
        Assert.Contains("s3", error.Message);
    }

    [Fact]
    public void TheNamedClassGovernsAnOperationAndTheRestShareOne()
    {
        var iam = Shipped.Content.Catalog.Service("iam");

        Assert.Equal(35, iam.RateOf("GetPolicyVersion").Refill);
        Assert.Same(iam.RateOf("ListUsers"), iam.RateOf("ListRoles"));
    }

    [Fact]
    public void AllActionsOfAnEntryAreKnownForTheLeastPrivilegePolicy()
    {
        var actions = Shipped.Content.Catalog.Service("iam").Actions;

        Assert.Contains("iam:GenerateCredentialReport", actions);
        Assert.Contains("iam:GetPolicyVersion", actions);
        Assert.Equal(actions.Distinct().OrderBy(action => action, StringComparer.Ordinal), actions);
    }

    [Theory]
    [InlineData("    colour: red", 9, "the key 'colour' is not known here")]
    [InlineData("    scope: everywhere", 7, "it must be regional or global")]
    [InlineData("    tags: a..b", 9, "is not a path")]
    [InlineData("    calls: [{operation: GetThing}]", 9, "'field' is missing")]
    [InlineData("    calls: [{operation: GetThing, field: X, input: {A: \"{Name\"}}]", 9, "opens a brace")]
    [InlineData("    calls: [{operation: GetThing, field: X, decode: xml}]", 9, "decode: xml")]
    [InlineData("    name: [", 9, "not valid YAML")]
    public void AMistakeIsAnsweredWithFileLineAndRemedy(string line, int at, string problem)
    {
        var yaml = $$"""
            service: thing
            title: Thing
            scope: regional
            interval: 12h
            rates: [{operations: ["*"], bucket: 1, refill: 1}]
            resources:
              - type: AWS::Thing::Thing
                list: {operation: ListThings, items: Things}
            {{line}}
                id: Id
                arn: Arn
            """;

        var error = Assert.Throws<ContentException>(() => CatalogReader.Read("thing.yaml", new StringReader(yaml)));

        Assert.Equal("thing.yaml", error.File);
        Assert.Contains(problem, error.Message);
        Assert.Equal(at, error.Line);
    }
}
