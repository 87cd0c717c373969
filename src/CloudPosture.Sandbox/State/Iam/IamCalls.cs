using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>Calls IAM from inside, as CloudFormation does for a stack: with the rights of whoever made the stack, and IAM's own limits.</summary>
/// <param name="world">What the calls change.</param>
/// <param name="caller">Whose rights count; null for CloudFormation itself, in the accounts of a StackSet.</param>
/// <param name="account">The account they change it in.</param>
internal sealed class IamCalls(World world, Principal? caller, SandboxAccount account)
{
    public string AccountId => account.Id;

    public JsonObject Send(string operation, JsonObject input)
    {
        var model = world.Organization.Content.Models.Get("iam").Operation(operation);
        if (caller is not null && !Authorizer.MayDo(world, caller, "iam:" + operation, Authorizer.IsWrite(model)))
        {
            throw AuthErrors.Denied(model.Service, caller.Arn, "iam:" + operation);
        }

        var cell = world.Organization.CellOf(account.Id, world.Organization.Regions[0])!;
        return ServiceCatalog.Handlers.Find("iam", operation)!(new CallContext(model, input, cell, caller, world)).Body;
    }

    /// <summary>Sends a call whose failure does not matter, because it takes back what may be gone.</summary>
    public void TrySend(string operation, JsonObject input)
    {
        try
        {
            Send(operation, input);
        }
        catch (AwsError error) when (error.Code == "NoSuchEntity")
        {
            // Somebody else took it away.
        }
    }
}
