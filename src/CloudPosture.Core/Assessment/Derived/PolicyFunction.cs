using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived;

/// <summary>A question about the policy in one field. No policy answers false; one that cannot be read or understood, nothing.</summary>
internal abstract class PolicyFunction(FieldReference field) : DerivedFunction
{
    protected PolicyFunction(YamlMap arguments)
        : this(Operators.Reference(arguments, "field"))
    {
    }

    public sealed override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        switch (field.Resolve(subject, out var value))
        {
            case FieldState.Unreadable:
                return DerivedValue.Unknown(explain ? $"{field.Text} could not be read: {field.WhyUnreadable(subject)}" : null);
            case FieldState.Absent:
                return DerivedValue.Of(false, explain ? $"{field.Text}: there is no policy" : null);
            default:
                return PolicyDocument.Parse(value.Json) is { } policy
                    ? Evaluate(policy, subject, explain)
                    : DerivedValue.Unknown(explain ? $"{field.Text} is no policy document that could be understood" : null);
        }
    }

    protected abstract DerivedValue Evaluate(PolicyDocument policy, in Subject subject, bool explain);
}
