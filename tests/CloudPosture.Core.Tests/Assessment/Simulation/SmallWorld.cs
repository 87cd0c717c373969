using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>So few accounts, actions, resources and values that every request can be tried.</summary>
internal static class SmallWorld
{
    public const string Own = Given.AccountId;
    public const string Vendor = "444455556666";
    private const string Queue = "arn:aws:sqs:eu-central-1:111122223333:q";

    // One of them has an id that begins like the own account's.
    private static readonly string[] StrangerAccounts = ["999999999999", "111199999999"];

    public static string Arn => Queue;

    /// <summary>All requests of signed strangers.</summary>
    public static IEnumerable<SimulatedRequest> Strangers => Requests(StrangerAccounts, [null, "o-zzz"]);

    /// <summary>All requests of signed requesters outside the account.</summary>
    public static IEnumerable<SimulatedRequest> Outsiders => Requests([.. StrangerAccounts, Vendor], [null, "o-zzz", "o-vendor", "o-other"]);

    /// <summary>All requests without TLS.</summary>
    public static IEnumerable<SimulatedRequest> WithoutTls =>
        Requests([Own, Vendor, .. StrangerAccounts], [null, "o-zzz", "o-vendor", "o-other"]).Where(request => request.Context["aws:SecureTransport"] == "false");

    // The actions are those that the generator names, and some that it does not.
    private static IEnumerable<SimulatedRequest> Requests(string[] accounts, string?[] organizations) =>
        from account in accounts
        from action in new[] { "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:PurgeQueue", "sqs:SetQueueAttributes" }
        from organization in organizations
        from tls in new[] { "true", "false" }
        from tag in new[] { null, "red", "blue", "reddish", "other" }
        select new SimulatedRequest(account, action, Queue, Context(account, organization, tls, tag));

    private static Dictionary<string, string> Context(string account, string? organization, string tls, string? tag)
    {
        var context = new Dictionary<string, string> { ["aws:PrincipalAccount"] = account, ["aws:SecureTransport"] = tls };
        if (organization is not null)
        {
            context["aws:PrincipalOrgID"] = organization;
        }

        if (tag is not null)
        {
            context["aws:PrincipalTag/team"] = tag;
        }

        return context;
    }
}
