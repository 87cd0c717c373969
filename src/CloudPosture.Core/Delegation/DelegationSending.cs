using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;

namespace CloudPosture.Delegation;

/// <summary>The call that sends a delegation request.</summary>
internal static class DelegationSending
{
    public static AwsCall Call(ServiceModels models, DelegationSpec spec, AwsTarget sender)
    {
        var input = new Dictionary<string, object>
        {
            ["OwnerAccountId"] = spec.OwnerAccountId,
            ["Description"] = spec.Description,
            ["Permissions"] = new
            {
                spec.PolicyTemplateArn,
                Parameters = spec.Parameters.Select(parameter => new { parameter.Name, parameter.Values, parameter.Type }),
            },
            ["RequestorWorkflowId"] = spec.WorkflowId,
            ["NotificationChannel"] = spec.NotificationTopic,
            ["SessionDuration"] = spec.SessionDuration,
            ["OnlySendByOwner"] = spec.OnlySendByOwner,
        };
        foreach (var (name, value) in new[] { ("RequestMessage", spec.Message), ("RedirectUrl", spec.RedirectUrl) })
        {
            if (value is not null)
            {
                input[name] = value;
            }
        }

        return new AwsCall { Operation = models.Get("iam").Operation("CreateDelegationRequest"), Input = JsonSerializer.SerializeToElement(input), Target = sender };
    }

    /// <summary>Whether AWS has certainly not taken a request that it answered so.</summary>
    public static bool IsRefusal(AwsServiceException refused) => refused.HttpStatus is >= 400 and < 500 && refused.Kind != AwsErrorKind.Transient;
}
