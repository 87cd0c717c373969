using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Monitoring;

/// <summary>Amazon SNS. The topics that alarms of the trail name have to be there, and one of them has to have nobody confirmed: no single record says that.</summary>
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

    public static IReadOnlyList<ResourceType> Types { get; } = [Topics];

    public static void Register(HandlerTable table)
    {
        table["sns", "ListTopics"] = call => Answer.Of("Topics", new LazyList(Topics.Count(call.Cell), index => new JsonObject { ["TopicArn"] = TopicArn(call.Cell, index) }));
        table["sns", "GetTopicAttributes"] = TopicAttributes;
        table["sns", "ListSubscriptionsByTopic"] = call => Answer.Of("Subscriptions", Subscriptions(call));
        table["sns", "Publish"] = Publish;
    }

    private static string TopicArn(Cell cell, int index) => cell.Arn("sns", index switch
    {
        0 => AlertTopic,
        1 => UnconfirmedTopic,
        _ => "orders-" + Mix.Hex(cell.Hash("topic", index), 6),
    });

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
}
