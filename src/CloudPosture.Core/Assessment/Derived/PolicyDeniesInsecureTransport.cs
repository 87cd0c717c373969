using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>policyDeniesInsecureTransport</c>, with <c>field</c>: the path of a resource policy. True where statements deny everyone
/// every action of the service on the whole resource (a bucket and its objects) while aws:SecureTransport is false.
/// </summary>
internal sealed class PolicyDeniesInsecureTransport(YamlMap arguments) : PolicyFunction(arguments)
{
    protected override DerivedValue Evaluate(PolicyDocument policy, in Subject subject, bool explain)
    {
        var denies = TransportPolicy.DeniesInsecure(policy, subject.Resource.Arn);
        return DerivedValue.Of(denies, !explain ? null
            : denies ? "a Deny refuses requests without TLS"
            : "no Deny of all actions for everyone where aws:SecureTransport is false covers the whole resource");
    }
}
