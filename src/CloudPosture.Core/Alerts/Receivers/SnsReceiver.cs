using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Errors;
using CloudPosture.Text;

namespace CloudPosture.Alerts.Receivers;

/// <summary>A topic of Amazon SNS, in its own Region.</summary>
public sealed class SnsReceiver : IAlertReceiver
{
    private const string Fifo = ".fifo";
    private const int LongestSubject = 100;
    private readonly AwsClient _client;
    private readonly AwsTarget _target;
    private readonly string _topic;

    /// <summary>Makes a receiver.</summary>
    /// <param name="client">What asks AWS.</param>
    /// <param name="target">Whom it asks as; the Region is the topic's.</param>
    /// <param name="topicArn">The topic's ARN.</param>
    public SnsReceiver(AwsClient client, AwsTarget target, string topicArn)
    {
        _client = client;
        _topic = topicArn;
        _target = target with { Region = RegionOf(topicArn) };
    }

    /// <inheritdoc/>
    public AlertKind Kind => AlertKind.Sns;

    /// <inheritdoc/>
    public string Identity => _topic;

    /// <inheritdoc/>
    public string Place => _topic;

    /// <inheritdoc/>
    public int? MostFindings => null;

    /// <summary>The Region of a topic.</summary>
    /// <param name="topicArn">Its ARN.</param>
    /// <exception cref="SettingException">It is no topic's ARN.</exception>
    public static string RegionOf(string topicArn)
    {
        var parts = topicArn.Split(':');
        return parts.Length == 6 && parts[0] == "arn" && parts[2] == "sns" && parts[3].Length > 0 && parts[5].Length > 0
            ? parts[3]
            : throw new SettingException($"'{HostileText.Plain(topicArn)}' is no ARN of a topic: arn:aws:sns:eu-central-1:111122223333:alerts is one.");
    }

    /// <inheritdoc/>
    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _client.AskAsync(new AwsQuestion("sns", "Publish", Input(message)), _target, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException problem)
        {
            throw new AlertException($"{_topic} was not told: {HostileText.Plain(problem.Message)} The role needs sns:Publish on the topic. The next alert tells it again.");
        }
    }

    private Dictionary<string, object> Input(AlertMessage message)
    {
        var input = new Dictionary<string, object>
        {
            ["TopicArn"] = _topic,
            ["Subject"] = Subject(message.Digest),
            ["Message"] = AlertText.Plain(message.Digest),
            ["MessageAttributes"] = new Dictionary<string, object>
            {
                ["severity"] = Attribute("String", message.Digest.Worst.ToString()),
                ["findings"] = Attribute("Number", JsonSerializer.Serialize(message.Digest.Findings)),
                ["messageId"] = Attribute("String", message.Id),
            },
        };
        if (_topic.EndsWith(Fifo, StringComparison.Ordinal))
        {
            input["MessageGroupId"] = "cloudposture";
            input["MessageDeduplicationId"] = message.Id;
        }

        return input;
    }

    private static Dictionary<string, string> Attribute(string type, string value) => new() { ["DataType"] = type, ["StringValue"] = value };

    // Subjects are ASCII; ours holds no names.
    private static string Subject(AlertDigest digest)
    {
        var title = new string([.. AlertText.Title(digest).Where(character => character is >= ' ' and < '\u007f')]);
        return title.Length <= LongestSubject ? title : title.Substring(0, LongestSubject);
    }
}
