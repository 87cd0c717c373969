using System;

namespace CloudPosture.Sandbox;

/// <summary>What a program finds about itself on the machine, in the container and at the sign-in that the sandbox stands in for.</summary>
/// <param name="organization">The organization whose management account the machine belongs to.</param>
public sealed class SandboxMachine(SandboxOrganization organization)
{
    /// <summary>The role of the instance and of the container.</summary>
    public const string Role = "app-server";

    /// <summary>The path of the container's credentials, for AWS_CONTAINER_CREDENTIALS_FULL_URI.</summary>
    public const string ContainerPath = "/v2/credentials/sandbox";

    internal const string InstanceId = "i-0a1b2c3d4e5f60718";

    /// <summary>What a container must send as Authorization (AWS_CONTAINER_AUTHORIZATION_TOKEN).</summary>
    public string ContainerToken { get; } = "container-" + Guid.NewGuid();

    /// <summary>The access token of somebody signed in to the SSO portal, who may use any role of the organization.</summary>
    public string SsoToken { get; } = "sso-" + Guid.NewGuid();

    /// <summary>How long credentials given out here last, on the sandbox's clock.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(6);

    /// <summary>False turns the instance metadata off.</summary>
    public bool HasInstanceMetadata { get; set; } = true;

    internal SandboxAccount Account => organization.Management;

    internal string Region => organization.Regions[0];
}
