using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>What IAM tells of the account as a whole.</summary>
internal static class IamAccount
{
    public static JsonObject Summary(CallContext call)
    {
        var cell = call.Global;
        return new JsonObject
        {
            ["Users"] = IamUsers.Type.Count(cell),
            ["UsersQuota"] = 5000,
            ["Groups"] = 2,
            ["GroupsQuota"] = 300,
            ["Roles"] = IamService.Roles(call).Count,
            ["RolesQuota"] = 1000,
            ["Policies"] = IamService.Policies(call).Count,
            ["PoliciesQuota"] = 1500,
            ["ServerCertificates"] = IamService.Certificates.Count(cell),
            ["ServerCertificatesQuota"] = 20,
            ["MFADevices"] = 1 + IamUsers.Type.Count(cell),
            ["MFADevicesInUse"] = 1 + IamUsers.Type.Count(cell),
            ["AccountMFAEnabled"] = cell.Fails("IAM.RootMfa") ? 0 : 1,
            ["AccountAccessKeysPresent"] = cell.Fails("IAM.RootAccessKey") ? 1 : 0,
            ["AccountPasswordPresent"] = 1,
            ["AccountSigningCertificatesPresent"] = 0,
            ["AttachedPoliciesPerRoleQuota"] = 10,
            ["GlobalEndpointTokenVersion"] = 2,
        };
    }

    public static Answer PasswordPolicy(CallContext call)
    {
        var cell = call.Global;
        var isShort = cell.Fails("IAM.PasswordPolicyLength");
        var isReused = cell.Fails("IAM.PasswordPolicyReuse");
        if (isShort && isReused)
        {
            throw IamErrors.NoSuchEntity($"The Password Policy with domain name {cell.AccountId} cannot be found.");
        }

        return new JsonObject
        {
            ["PasswordPolicy"] = new JsonObject
            {
                ["MinimumPasswordLength"] = isShort ? 13 : 14,
                ["RequireSymbols"] = true,
                ["RequireNumbers"] = true,
                ["RequireUppercaseCharacters"] = true,
                ["RequireLowercaseCharacters"] = true,
                ["AllowUsersToChangePassword"] = true,
                ["ExpirePasswords"] = false,
                ["PasswordReusePrevention"] = isReused ? 5 : 24,
            },
        };
    }
}
