using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Protocols;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Json;

namespace CloudPosture.Connections;

/// <summary>Finds out with one cheap call whether a service can be read.</summary>
internal sealed class ServiceProbe(AwsClient client, AwsTarget target, string partition) : ITemplateScope
{
    private static readonly JsonElement NoEvent = JsonDocument.Parse("\"CloudPostureTest\"").RootElement;

    string ITemplateScope.Partition => partition;

    string ITemplateScope.Region => target.Region;

    string ITemplateScope.AccountId => target.AccountId!;

    /// <returns>The check, and the IAM action that was denied, if one was.</returns>
    public async Task<(ConnectionCheck Check, string? DeniedAction)> TryAsync(ServiceEntry service, CancellationToken cancellationToken)
    {
        var check = new ConnectionCheck { Name = ConnectionCheck.ServicePrefix + service.Name, Detail = "" };
        if (CallOf(service) is not { } call)
        {
            return (check with { Status = CheckStatus.Skipped, Detail = "It has no call that every account can answer." }, null);
        }

        try
        {
            using var answer = await client.SendWithRetryAsync(
                new AwsCall { Operation = client.Models.Get(service.Model).Operation(call.Operation), Input = Input(call), Target = target }, cancellationToken).ConfigureAwait(false);
            return (check with { Detail = $"{call.Operation} answers." }, null);
        }
        catch (AwsServiceException problem) when (call.Absent.Any(absent => absent.Matches(problem.Code, problem.ServiceMessage)))
        {
            return (check with { Detail = $"{call.Operation} answers: there is nothing ({problem.Code})." }, null);
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            var denial = Denial.Parse(problem.ServiceMessage);
            var action = denial.Action ?? service.ActionOf(call);
            return (check with { Status = CheckStatus.Failed, Detail = $"{action} is denied{By(denial)}.", Advice = AdviceOn(denial, action) }, action);
        }
        catch (AwsServiceException problem)
        {
            return (check with { Status = CheckStatus.Warning, Detail = problem.Message, Advice = new Advice("Try again; what cannot be read will be shown as not assessed.") }, null);
        }
    }

    // Lists that follow from other answers, or are made for each of several values, are no cheap calls.
    private static OperationEntry? CallOf(ServiceEntry service) =>
        service.Resources.Where(resource => !resource.ManagementAccountOnly)
            .Select(resource => (OperationEntry?)resource.List ?? resource.Calls.FirstOrDefault())
            .FirstOrDefault(call => call is not (null or ListEntry { Walk: not null } or ListEntry { Prepare: not null } or ListEntry { Each: not null }));

    private JsonElement Input(OperationEntry call) => call.Input.Fill(this);

    private static JsonElement Now => JsonDocument.Parse($"\"{Timestamps.Format(TimeProvider.System.GetUtcNow(), Timestamps.Iso)}\"").RootElement;

    // Of events one is asked for that nobody caused: a probe reads nothing of what people did.
    JsonElement? ITemplateScope.Find(JsonPath path) => path.Text switch
    {
        "EventName" => NoEvent,
        "Since" or "Until" => Now,
        _ => null,
    };

    private static string By(Denial denial) => denial.Reason switch
    {
        DenialReason.ServiceControlPolicy => " by a service control policy",
        DenialReason.ResourceControlPolicy => " by a resource control policy",
        DenialReason.PermissionsBoundary => " by the permissions boundary",
        DenialReason.SessionPolicy => " by the session policy",
        DenialReason.EndpointPolicy => " by the policy of a VPC endpoint",
        _ when denial.IsExplicit => " by an explicit deny",
        _ => "",
    };

    private static Advice AdviceOn(Denial denial, string action) => denial.Reason switch
    {
        DenialReason.ServiceControlPolicy or DenialReason.ResourceControlPolicy => new Advice($"Ask the organization's administrators to allow {action} for this role."),
        _ => TestAdvice.Allow(action),
    };
}
