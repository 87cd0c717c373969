using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>Amazon SNS and Amazon SQS.</summary>
internal static class SnsService
{
    public const string AlertTopic = "security-alerts";
    public const string UnconfirmedTopic = "forgotten-alerts";

    private static readonly ResourceType Topics = new("topic")
    {
        Fixed = 2,
        Share = 0.01,
        Id = TopicArn,
        Good = (cell, index) => new JsonObject { ["TopicArn"] = TopicArn(cell, index), ["Policy"] = DefaultPolicy(cell, index) },
        Variants = ResourcePolicies.VariantsOf("SNS.TopicPublicPolicy", "sns:Publish", "Policy"),
    };

    private static readonly ResourceType Queues = new("queue")
    {
        Fixed = 1,
        Share = 0.01,
        Id = QueueUrl,
        Good = (cell, index) => new JsonObject { ["QueueUrl"] = QueueUrl(cell, index), ["Policy"] = ResourcePolicies.OfOwner(cell, "sqs:*") },
        Variants = ResourcePolicies.VariantsOf("SQS.QueuePublicPolicy", "sqs:SendMessage", "Policy"),
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [Topics, Queues];

    public static void Register(HandlerTable table)
    {
        table["sns", "ListTopics"] = call => Answer.Of("Topics", new LazyList(Topics.Count(call.Cell), index => new JsonObject { ["TopicArn"] = TopicArn(call.Cell, index) }));
        table["sns", "GetTopicAttributes"] = TopicAttributes;
        table["sns", "ListSubscriptionsByTopic"] = call => Answer.Of("Subscriptions", Subscriptions(call));
        table["sns", "Publish"] = Publish;
        table["sqs", "ListQueues"] = call => Answer.Of("QueueUrls", new LazyList(Queues.Count(call.Cell), index => JsonValue.Create(QueueUrl(call.Cell, index))));
        table["sqs", "GetQueueAttributes"] = QueueAttributes;
    }

    private static string TopicArn(Cell cell, int index) => cell.Arn("sns", index switch
    {
        0 => AlertTopic,
        1 => UnconfirmedTopic,
        _ => "orders-" + Mix.Hex(cell.Hash("topic", index), 6),
    });

    private static string QueueName(Cell cell, int index) => "jobs-" + Mix.Hex(cell.Hash("queue", index), 6);

    private static string QueueUrl(Cell cell, int index) => $"https://sqs.{cell.Region}.amazonaws.com/{cell.AccountId}/{QueueName(cell, index)}";

    /// <summary>The policy SNS gives a new topic: everyone, as long as it is the owner.</summary>
    private static string DefaultPolicy(Cell cell, int index) => Json.Policy(Json.Statement(
        "Allow", Json.Principal("AWS", "*"), Json.Texts("SNS:Publish", "SNS:Subscribe", "SNS:GetTopicAttributes"), TopicArn(cell, index),
        Json.Condition("StringEquals", "AWS:SourceOwner", cell.AccountId)));

    private static int Find(CallContext call, ResourceType type, string member, string code)
    {
        var wanted = call.Need(member);
        var index = type.IndexOf(call.Cell, wanted);
        return index >= 0 ? index : throw new AwsError(code, "It does not exist.", 404);
    }

    private static Answer TopicAttributes(CallContext call)
    {
        var index = Find(call, Topics, "TopicArn", "NotFound");
        return new JsonObject
        {
            ["Attributes"] = new JsonObject
            {
                ["Policy"] = (string)Topics.Build(call.Cell, index)["Policy"]!,
                ["Owner"] = call.Cell.AccountId,
                ["SubscriptionsPending"] = index == 1 ? "1" : "0",
                ["TopicArn"] = TopicArn(call.Cell, index),
                ["SubscriptionsConfirmed"] = index == 1 ? "0" : "1",
                ["DisplayName"] = "",
                ["SubscriptionsDeleted"] = "0",
            },
        };
    }

    private static Answer Publish(CallContext call)
    {
        var topic = call.Need("TopicArn");
        if (!topic.EndsWith(":posture", System.StringComparison.Ordinal))
        {
            Find(call, Topics, "TopicArn", "NotFound");
        }

        var subject = call.Text("Subject") ?? "";
        return subject.Length > 100 || call.Need("Message").Length is 0 or > 262_144
            ? throw new AwsError("InvalidParameter", "Invalid parameter: Subject or Message")
            : new JsonObject { ["MessageId"] = call.Cell.Uuid("message", call.Need("Message").Length) };
    }

    private static IReadOnlyList<JsonNode> Subscriptions(CallContext call)
    {
        var index = Find(call, Topics, "TopicArn", "NotFound");
        var topic = TopicArn(call.Cell, index);
        return
        [
            new JsonObject
            {
                ["SubscriptionArn"] = index == 1 ? "PendingConfirmation" : topic + ":" + call.Cell.Uuid("subscription", index),
                ["Owner"] = call.Cell.AccountId,
                ["Protocol"] = "email",
                ["Endpoint"] = "security@example.com",
                ["TopicArn"] = topic,
            },
        ];
    }

    private static Answer QueueAttributes(CallContext call)
    {
        var index = Find(call, Queues, "QueueUrl", "AWS.SimpleQueueService.NonExistentQueue");
        return new JsonObject
        {
            ["Attributes"] = new JsonObject
            {
                ["QueueArn"] = call.Cell.Arn("sqs", QueueName(call.Cell, index)),
                ["Policy"] = (string)Queues.Build(call.Cell, index)["Policy"]!,
                ["ApproximateNumberOfMessages"] = "0",
                ["CreatedTimestamp"] = "1767225600",
                ["VisibilityTimeout"] = "30",
                ["SqsManagedSseEnabled"] = "true",
            },
        };
    }
}
