using System;
using CloudPosture.Aws.Endpoints;

namespace CloudPosture.Aws.Credentials;

/// <summary>What the environment's variables say of credentials.</summary>
internal sealed class CredentialEnvironment(Func<string, string?>? environment)
{
    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;

    /// <summary>The profile that is named; null where none is.</summary>
    public string? ActiveProfile => Variable("AWS_PROFILE") ?? Variable("AWS_DEFAULT_PROFILE");

    /// <summary>The Region that is named; null where none is.</summary>
    public string? Region => Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");

    /// <summary>Whether a container says where its credentials are.</summary>
    public bool HasContainer => (Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") ?? Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")) is not null;

    /// <summary>A variable; null where it is not set or empty.</summary>
    public string? Variable(string name) => _environment(name) is { Length: > 0 } value ? value : null;

    /// <exception cref="CredentialException">The variable is not set.</exception>
    public string Demand(string name) => Variable(name) ?? throw new CredentialException($"The environment variable {name} is not set. Set it, or take the credentials from elsewhere.");

    /// <summary>The files of profiles.</summary>
    /// <param name="location">Where they are; null for where AWS's tools look.</param>
    public ProfileFiles Files(string? location) => new(location, _environment);

    /// <summary>Credentials from elsewhere go where the profile in force says, as with AWS's own tools; files that cannot be read are no reason to refuse them.</summary>
    public EndpointSettings? ActiveEndpoints()
    {
        try
        {
            return Files(null).EndpointsOf(ActiveProfile ?? "default");
        }
        catch (CredentialException)
        {
            return null;
        }
    }
}
