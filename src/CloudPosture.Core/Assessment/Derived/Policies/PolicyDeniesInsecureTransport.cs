using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>policyDeniesInsecureTransport</c>, with <c>field</c>: the path of a resource policy. True where statements together deny everyone
/// but AWS services every action of the service on the whole resource (a bucket and its objects) while aws:SecureTransport is false.
/// </summary>
internal sealed class PolicyDeniesInsecureTransport(YamlMap arguments) : PolicyFunction(arguments)
{
    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var denies = TransportPolicy.DeniesInsecure(policy, owner, PolicyTarget.Of(subject.Resource.Arn));
        return Answer(denies, !explain ? null
            : denies == true ? "a Deny refuses requests without TLS"
            : "no Deny of all actions for everyone where aws:SecureTransport is false covers the whole resource");
    }
}
