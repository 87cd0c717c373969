using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Json;

namespace CloudPosture.Tests.Harvest;

/// <summary>An AWS that answers what a test scripts: text is the answer, an exception is thrown, of what is not scripted the account has none.</summary>
internal sealed class ScriptedAws : IAwsCaller
{
    private readonly ConcurrentDictionary<string, Func<AwsCall, object>> _answers = new();
    private int _clock;

    public ScriptedAws()
    {
        On("s3:GetBucketLocation", """{"LocationConstraint":null}""");
        On("sts:GetCallerIdentity", """{"Account":"111122223333","Arn":"arn:aws:sts::111122223333:assumed-role/a/b","UserId":"AROAEXAMPLE:b"}""");
        On("iam:GetCredentialReport", """{"Content":"dXNlcixhcm4K"}""");
        On("iam:GetAccountPasswordPolicy", Error("NoSuchEntity"));
        On("glue:GetResourcePolicy", Error("EntityNotFoundException"));
        On("glue:GetDataCatalogEncryptionSettings", """{"DataCatalogEncryptionSettings":{"EncryptionAtRest":{"CatalogEncryptionMode":"DISABLED"}}}""");
        On("macie:GetAutomatedDiscoveryConfiguration", """{"status":"DISABLED"}""");
        On("shield:GetSubscriptionState", """{"SubscriptionState":"INACTIVE"}""");
        On("iam:ListOrganizationsFeatures", Error("OrganizationNotFoundException"));
        On("macie2:GetMacieSession", Error("AccessDeniedException", message: "Macie is not enabled"));
        On("organizations:DescribeOrganization", Error("AWSOrganizationsNotInUseException"));
        On("securityhub:DescribeHub", Error("InvalidAccessException"));
        On("cloudtrail:GetEventSelectors", """{"TrailARN":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/t"}""");
        On("kms:GetKeyPolicy", """{"Policy":"{}"}""");
        On("lambda:GetPolicy", Error("ResourceNotFoundException"));
        On("sqs:GetQueueAttributes", call => $$$"""{"Attributes":{"QueueArn":{{{call.Input.GetProperty("QueueUrl").GetRawText()}}}}}""");
        On("ec2:DescribeVpcBlockPublicAccessOptions", """{"VpcBlockPublicAccessOptions":{"InternetGatewayBlockMode":"off"}}""");
        On("ec2:GetEbsDefaultKmsKeyId", """{"KmsKeyId":"alias/aws/ebs"}""");
        On("ec2:GetImageBlockPublicAccessState", """{"ImageBlockPublicAccessState":"unblocked"}""");
        On("ec2:GetSnapshotBlockPublicAccessState", """{"State":"unblocked"}""");
        On("sns:GetTopicAttributes", call => $$$"""{"Attributes":{"TopicArn":{{{call.Input.GetProperty("TopicArn").GetRawText()}}}}}""");
    }

    public ConcurrentQueue<(string Account, string Service, string Region, string Operation, string Input, int Start, int End)> Calls { get; } = new();

    /// <summary>What happens before each answer.</summary>
    public Func<AwsCall, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public static AwsServiceException Error(string code, AwsErrorKind kind = AwsErrorKind.Other, string message = "said AWS", TimeSpan? retryAfter = null) =>
        new(code + ": " + message)
        {
            Code = code,
            Kind = kind,
            ServiceMessage = message,
            HttpStatus = kind is AwsErrorKind.TimedOut or AwsErrorKind.Unreachable ? 0 : 400,
            RetryAfter = retryAfter,
        };

    public static AwsServiceException Denied => Error("AccessDenied", AwsErrorKind.AccessDenied);

    public ScriptedAws On(string operation, string answer) => On(operation, _ => answer);

    public ScriptedAws On(string operation, Exception error) => On(operation, _ => error);

    public ScriptedAws On(string operation, Func<AwsCall, object> answer)
    {
        _answers[operation] = answer;
        return this;
    }

    /// <summary>Enabled Regions.</summary>
    public ScriptedAws Regions(params string[] names) =>
        On("ec2:DescribeRegions", JsonSerializer.Serialize(new { Regions = names.Select(name => new { RegionName = name, OptInStatus = "opt-in-not-required" }) }));

    /// <summary>Answers page by page; the token is the number of the page.</summary>
    public ScriptedAws Pages(string operation, string inputToken, string outputToken, string items, params string[] pages) => On(operation, call =>
    {
        var page = call.Input.TryGetProperty(inputToken, out var token) ? int.Parse(token.GetString()!) : 0;
        var next = page + 1 < pages.Length ? $",\"{outputToken}\":\"{page + 1}\"" : "";
        return $"{{\"{items}\":{pages[page]}{next}}}";
    });

    public async Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken)
    {
        var start = Interlocked.Increment(ref _clock);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Before(call, cancellationToken);
            var name = call.Operation.Service.Name + ":" + call.Operation.Name;
            return (_answers.TryGetValue(name, out var answer) ? answer(call) : Nothing(call)) switch
            {
                Exception error => throw error,
                var text => Answer((string)text),
            };
        }
        finally
        {
            Calls.Enqueue((
                call.Target.AccountId!, call.Operation.Service.Name, call.Target.Region, call.Operation.Name,
                call.Input.ValueKind == JsonValueKind.Object ? call.Input.GetRawText() : "{}", start, Interlocked.Increment(ref _clock)));
        }
    }

    public int Count(string operation) => Calls.Count(call => call.Service + ":" + call.Operation == operation);

    /// <summary>Who has nothing sends empty lists, and of what there always is as little as can be.</summary>
    public static string Nothing(AwsCall call) => Members(call.Operation.Output, isWhole: true).ToJsonString();

    private static JsonObject Members(Shape shape, bool isWhole)
    {
        var members = new JsonObject();
        foreach (var member in shape.Members)
        {
            JsonNode? value = member.Shape.Kind switch
            {
                ShapeKind.List => new JsonArray(),
                ShapeKind.Map => new JsonObject(),
                ShapeKind.Boolean => false,
                ShapeKind.Structure when isWhole => Members(member.Shape, isWhole: false),
                ShapeKind.String when !isWhole && members.Count == 0 && !member.Name.EndsWith("Marker", StringComparison.Ordinal) && !member.Name.EndsWith("Token", StringComparison.Ordinal) => "x",
                _ => null,
            };
            if (value is not null)
            {
                members[member.Name] = value;
            }
        }

        return members;
    }

    private static AwsAnswer Answer(string json)
    {
        var buffer = new ByteBuffer();
        foreach (var value in Encoding.UTF8.GetBytes(json))
        {
            buffer.Append(value);
        }

        return new AwsAnswer(buffer, "request", 200, json.Length);
    }
}
