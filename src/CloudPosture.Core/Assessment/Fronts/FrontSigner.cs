using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Fronts;

/// <summary>As whom something in front asks what stands behind it.</summary>
/// <param name="Kind">A service, or somebody by a signature.</param>
/// <param name="Name">The service's name, or the ARN.</param>
/// <param name="Label">What people call it.</param>
internal sealed record FrontSigner(RequesterKind Kind, string Name, string Label)
{
    public const string ApiGateway = "apigateway.amazonaws.com";
    public const string CloudFront = "cloudfront.amazonaws.com";

    /// <summary>A service of AWS, for a resource of the account.</summary>
    public static FrontSigner Service(string name) => new(RequesterKind.Service, name, name);
}
