using System.Linq;
using System.Text.Json;

namespace CloudPosture.Tests.Onboarding.Policies;

/// <summary>The custom policy that Rapid7 InsightVM's set-up document asks for.</summary>
internal static class InsightVmPolicy
{
    public static readonly string[] Actions =
    [
        "acm:ListTagsForCertificate", "cloudtrail:ListPublicKeys", "cloudtrail:ListTags", "cloudtrail:GetTrailStatus",
        "cloudtrail:GetEventSelectors", "ecr:DescribeRepositories", "ecr:GetLifecyclePolicy", "ecr:GetRepositoryPolicy",
        "ecr:ListImages", "iam:GenerateServiceLastAccessedDetails", "lambda:GetFunction", "lambda:GetLayerVersion",
        "lambda:GetLayerVersionPolicy", "lambda:GetPolicy", "lambda:ListFunctions", "lambda:ListLayerVersions",
        "sqs:ListQueues", "sqs:ListDeadLetterSourceQueues", "sqs:ListQueueTags", "sqs:GetQueueUrl", "sqs:GetQueueAttributes",
        "states:DescribeStateMachineForExecution", "states:DescribeActivity", "states:DescribeStateMachine",
        "states:DescribeExecution", "states:ListExecutions", "states:GetExecutionHistory",
    ];

    public static readonly string[] CustomerData =
    [
        "lambda:GetFunction", "lambda:GetLayerVersion", "states:DescribeExecution",
        "states:DescribeStateMachineForExecution", "states:GetExecutionHistory",
    ];

    public static string Document { get; } = JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new[] { new { Effect = "Allow", Action = Actions.ToArray(), Resource = "*" } },
    });
}
