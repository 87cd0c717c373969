using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>AWS Account Management.</summary>
internal static class AccountService
{
    public static void Register(HandlerTable table)
    {
        table["account", "GetContactInformation"] = call => call.Global.Fails("Account.ContactDetails")
            ? throw NotFound("No contact information found for the account.")
            : new JsonObject
            {
                ["ContactInformation"] = new JsonObject
                {
                    ["FullName"] = "Cloud Platform",
                    ["CompanyName"] = "Acme",
                    ["AddressLine1"] = "1 Example Street",
                    ["City"] = "Dublin",
                    ["PostalCode"] = "D01",
                    ["CountryCode"] = "IE",
                    ["PhoneNumber"] = "+35315550100",
                },
            };
        table["account", "GetAlternateContact"] = AlternateContact;
    }

    private static Answer AlternateContact(CallContext call)
    {
        var type = call.Need("AlternateContactType");
        return type != "BILLING" && !(type == "SECURITY" && call.Global.Fails("Account.SecurityContact"))
            ? new JsonObject
            {
                ["AlternateContact"] = new JsonObject
                {
                    ["AlternateContactType"] = type,
                    ["Name"] = "On call",
                    ["Title"] = "Engineer",
                    ["EmailAddress"] = type.ToLowerInvariant() + "@example.com",
                    ["PhoneNumber"] = "+35315550101",
                },
            }
            : throw NotFound("No contact of the inputted alternate contact type found.");
    }

    private static AwsError NotFound(string message) => new("ResourceNotFoundException", message, 404);
}
