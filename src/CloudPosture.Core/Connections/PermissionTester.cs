using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Json;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.Connections;

/// <summary>Finds out which of the actions that a harvest needs are denied.</summary>
internal sealed class PermissionTester(AwsClient client, ServiceCatalog catalog)
{
    /// <summary>True where events are going to be read too.</summary>
    public bool IncludesEvents { get; init; }

    /// <summary>Asks IAM's policy simulator for every action a harvest needs.</summary>
    public async Task<ConnectionCheck> TestAsync(PostureConnection connection, AwsTarget target, CallerIdentity identity, SortedSet<string> missing, CancellationToken cancellationToken)
    {
        const string Name = "Permissions";
        if (PrincipalOf(connection, identity) is not { } principal)
        {
            return ConnectionCheck.Skipped(Name, "IAM can simulate users and roles only.");
        }

        var policy = LeastPrivilegePolicy.Compute(new PolicyScope { Services = connection.Services.Count == 0 ? null : connection.Services, IncludeEvents = IncludesEvents }, catalog);
        var actions = policy.Actions.Where(action => action.GrantedBy != PolicyGrant.NotNeeded).Select(action => action.Action).ToList();
        try
        {
            foreach (var input in Simulations.Of(principal, actions, identity.Partition, target.Region, catalog, client.Models))
            {
                await foreach (var result in client.ListAsync(new AwsQuestion("iam", "SimulatePrincipalPolicy", input), "EvaluationResults", target, cancellationToken).ConfigureAwait(false))
                {
                    if (result.Text("EvalDecision") is { } decision and not "allowed")
                    {
                        missing.Add(result.Text("EvalActionName")!);
                    }
                }
            }
        }
        catch (AwsServiceException problem)
        {
            return ConnectionCheck.Skipped(Name, $"IAM's policy simulator cannot be asked ({problem.Code}); the services above were tried instead.");
        }

        return missing.Count == 0
            ? ConnectionCheck.Passed(Name, $"All {actions.Count} actions that a harvest uses are allowed.")
            : ConnectionCheck.Warning(Name, $"{missing.Count} of {actions.Count} actions that a harvest uses are denied: {string.Join(", ", missing)}.", new Advice("Attach SecurityAudit and the policy with what is beyond it; what is denied will be shown as not assessed.", "PolicyNeeded"));
    }

    // A session is simulated as its role. Its ARN lacks the role's path, which the connection may know.
    private static string? PrincipalOf(PostureConnection connection, CallerIdentity identity)
    {
        var parts = identity.Arn.Split(':')[5].Split('/');
        return parts[0] switch
        {
            "user" => identity.Arn,
            "assumed-role" => connection.RoleArn is { } arn && RoleArn.Parse(arn).Name == parts[1] ? arn : RoleArn.Of(identity.Partition, identity.AccountId, parts[1]),
            _ => null,
        };
    }
}
