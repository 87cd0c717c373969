using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Tests.Aws;

/// <summary>Requests as AWS's documents show them on the wire.</summary>
public sealed class RequestTests
{
    [Theory]
    [InlineData("iam", "ListUsers", """{"PathPrefix":"/division abc/","MaxItems":"10"}""", "Action=ListUsers&Version=2010-05-08&PathPrefix=%2Fdivision%20abc%2F&MaxItems=10")]
    [InlineData("iam", "GetAccountAuthorizationDetails", """{"Filter":["User","Role"]}""", "Action=GetAccountAuthorizationDetails&Version=2010-05-08&Filter.member.1=User&Filter.member.2=Role")]
    [InlineData("iam", "CreateDelegationRequest",
        """{"Description":"d e","Permissions":{"PolicyTemplateArn":"t","Parameters":[{"Name":"AccountId","Values":["111122223333"],"Type":"string"}]},"RequestorWorkflowId":"w","NotificationChannel":"n","SessionDuration":3600,"OnlySendByOwner":true}""",
        "Action=CreateDelegationRequest&Version=2010-05-08&Description=d%20e&Permissions.PolicyTemplateArn=t&Permissions.Parameters.member.1.Name=AccountId&Permissions.Parameters.member.1.Values.member.1=111122223333&Permissions.Parameters.member.1.Type=string&RequestorWorkflowId=w&NotificationChannel=n&SessionDuration=3600&OnlySendByOwner=true")]
    [InlineData("ec2", "DescribeSecurityGroups", """{"Filters":[{"Name":"vpc-id","Values":["vpc-1","vpc-2"]}],"GroupIds":["sg-1"],"DryRun":true}""",
        "Action=DescribeSecurityGroups&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&Filter.1.Value.2=vpc-2&GroupId.1=sg-1&DryRun=true")]
    [InlineData("ec2", "DescribeRegions", """{"AllRegions":true}""", "Action=DescribeRegions&Version=2016-11-15&AllRegions=true")]
    [InlineData("ec2", "DescribeSnapshots", """{"OwnerIds":["self"]}""", "Action=DescribeSnapshots&Version=2016-11-15&Owner.1=self")]
    [InlineData("kms", "ListKeys", """{"Limit":"5"}""", """{"Limit":5}""")]
    [InlineData("sqs", "GetQueueAttributes", """{"QueueUrl":"https://q","AttributeNames":["All"]}""", """{"QueueUrl":"https://q","AttributeNames":["All"]}""")]
    [InlineData("organizations", "ListPolicies", """{"Filter":"RESOURCE_CONTROL_POLICY"}""", """{"Filter":"RESOURCE_CONTROL_POLICY"}""")]
    [InlineData("account", "GetAlternateContact", """{"AlternateContactType":"SECURITY"}""", """{"AlternateContactType":"SECURITY"}""")]
    public async Task Bodies_follow_the_protocol(string service, string operation, string input, string expected)
    {
        var transport = await SendAsync(service, operation, input);

        Assert.Equal(expected, transport.Bodies.Single());
        Assert.Equal(HttpMethod.Post, transport.Requests.Single().Method);
    }

    [Theory]
    [InlineData("s3", "ListBuckets", """{"MaxBuckets":2,"Prefix":"a b&c"}""", "https://s3.us-east-1.amazonaws.com/?max-buckets=2&prefix=a%20b%26c")]
    [InlineData("s3", "GetBucketAcl", """{"Bucket":"plain-bucket"}""", "https://plain-bucket.s3.us-east-1.amazonaws.com/?acl")]
    [InlineData("s3", "GetBucketAcl", """{"Bucket":"dotted.bucket"}""", "https://s3.us-east-1.amazonaws.com/dotted.bucket?acl")]
    [InlineData("s3", "GetBucketLocation", """{"Bucket":"plain-bucket"}""", "https://s3.us-east-1.amazonaws.com/plain-bucket?location")]
    [InlineData("s3control", "GetPublicAccessBlock", """{"AccountId":"111122223333"}""", "https://111122223333.s3-control.us-east-1.amazonaws.com/v20180820/configuration/publicAccessBlock")]
    [InlineData("lambda", "GetPolicy", """{"FunctionName":"arn:aws:lambda:us-east-1:1:function:a"}""", "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Aa/policy")]
    [InlineData("glacier", "ListVaults", """{"accountId":"-"}""", "https://glacier.us-east-1.amazonaws.com/-/vaults")]
    [InlineData("guardduty", "GetDetector", """{"DetectorId":"d/1"}""", "https://guardduty.us-east-1.amazonaws.com/detector/d%2F1")]
    public async Task Addresses_follow_the_protocol(string service, string operation, string input, string expected)
    {
        var transport = await SendAsync(service, operation, input);

        Assert.Equal(expected, transport.Requests.Single().RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task Headers_name_the_operation_and_carry_the_members()
    {
        var kms = (await SendAsync("kms", "ListKeys", "{}")).Requests.Single();
        var control = (await SendAsync("s3control", "GetPublicAccessBlock", """{"AccountId":"111122223333"}""")).Requests.Single();

        Assert.Equal("TrentService.ListKeys", kms.Headers.GetValues("X-Amz-Target").Single());
        Assert.Equal("application/x-amz-json-1.1", kms.Content!.Headers.ContentType!.ToString());
        Assert.Equal("session", kms.Headers.GetValues("X-Amz-Security-Token").Single());
        Assert.StartsWith("CloudPosture/", kms.Headers.UserAgent.ToString(), StringComparison.Ordinal);
        Assert.Equal("111122223333", control.Headers.GetValues("x-amz-account-id").Single());
        Assert.Contains("/us-east-1/s3/aws4_request", control.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
        Assert.Contains("x-amz-account-id", control.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_identity_goes_unsigned()
    {
        var transport = await SendAsync("sts", "AssumeRoleWithWebIdentity", """{"RoleArn":"r","RoleSessionName":"s","WebIdentityToken":"t"}""");

        Assert.False(transport.Requests.Single().Headers.Contains("Authorization"));
    }

    [Theory]
    [InlineData("iam", "ListUsers", """{"Pathprefix":"/"}""", "Pathprefix")]
    [InlineData("iam", "ListUsers", """{"MaxItems":"many"}""", "MaxItems")]
    [InlineData("iam", "GetRole", "{}", "RoleName")]
    [InlineData("lambda", "GetPolicy", """{"FunctionName":""}""", "FunctionName")]
    [InlineData("s3control", "GetPublicAccessBlock", """{"AccountId":"evil.example/"}""", "AccountId")]
    [InlineData("s3", "GetBucketAcl", """{"Bucket":"b","ExpectedBucketOwner":"1\r\nX-Evil: 1"}""", "ExpectedBucketOwner")]
    public async Task Inputs_that_do_not_fit_are_named(string service, string operation, string input, string member)
    {
        var problem = await Assert.ThrowsAnyAsync<ArgumentException>(() => SendAsync(service, operation, input));

        Assert.Contains(member, problem.Message, StringComparison.Ordinal);
    }

    private static async Task<StubTransport> SendAsync(string service, string operation, string input)
    {
        var transport = StubTransport.Of("", 403);
        using var client = transport.Client();
        var call = StubTransport.Call(service, operation, JsonDocument.Parse(input).RootElement);
        try
        {
            using var answer = await client.SendAsync(call, CancellationToken.None);
        }
        catch (AwsServiceException)
        {
            // The request is what counts.
        }

        return transport;
    }
}
