namespace CloudPosture.Aws.Models;

/// <summary>One operation of a service, as its published model describes it.</summary>
public sealed class OperationModel
{
    internal OperationModel(ServiceModel service, string name, Shape input, Shape output)
    {
        Service = service;
        Name = name;
        Input = input;
        Output = output;
    }

    /// <summary>The service the operation belongs to.</summary>
    public ServiceModel Service { get; }

    /// <summary>The official name (<c>ListUsers</c>).</summary>
    public string Name { get; }

    /// <summary>The HTTP method; POST for query and JSON protocols.</summary>
    public string HttpMethod { get; internal set; } = "POST";

    /// <summary>The URI template (<c>/{Bucket}?policy</c>); <c>/</c> for query and JSON protocols.</summary>
    public string RequestUri { get; internal set; } = "/";

    /// <summary>The input structure; empty where the operation takes nothing.</summary>
    public Shape Input { get; }

    /// <summary>The output structure; empty where the operation returns nothing.</summary>
    public Shape Output { get; }

    /// <summary>Query protocol only: the element that wraps the result (<c>ListUsersResult</c>); null where nothing is returned.</summary>
    public string? ResultWrapper { get; internal set; }

    /// <summary>How the answers are paged; null where they are not.</summary>
    public Pagination? Pagination { get; internal set; }

    /// <summary>A template that goes before the host name (<c>{AccountId}.</c>), where there is one.</summary>
    public string? HostPrefix { get; internal set; }

    /// <summary>True where the request is sent without a signature (sts:AssumeRoleWithWebIdentity).</summary>
    public bool Unsigned { get; internal set; }
}
