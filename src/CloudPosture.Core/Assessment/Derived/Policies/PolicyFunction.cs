using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content.Yaml;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// A question about the policy in one field, or about each of several: a list of documents, a mapping of
/// their names to them, or a list of answers with a Policy in them. True
/// where it is true of one. What stands in the field that <c>beside</c> names applies together with it. No policy answers false; one that cannot be read, understood or judged, nothing.
/// </summary>
internal abstract class PolicyFunction(FieldReference field, FieldReference? beside = null) : DerivedFunction
{
    protected PolicyFunction(YamlMap arguments)
        : this(Operators.Reference(arguments, "field"), arguments.Has("beside") ? Operators.Reference(arguments, "beside") : null)
    {
    }

    public sealed override IReadOnlyList<string> Types => [OrganizationTypes.Organization];

    public sealed override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        switch (field.Resolve(subject, out var value))
        {
            case FieldState.Unreadable:
                return DerivedValue.Unknown(explain ? $"{field.Text} could not be read: {field.WhyUnreadable(subject)}" : null);
            case FieldState.Absent when beside is null:
                return DerivedValue.Of(false, explain ? $"{field.Text}: there is no policy" : null);
            case var state:
                IReadOnlyList<PolicyDocument?> policies = state == FieldState.Absent ? [] : PolicyDocument.ParseAll(value.Json);
                return beside is null ? EvaluateEach(policies, subject, explain) : EvaluateTogether(policies, beside, subject, explain);
        }
    }

    protected abstract DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain);

    /// <summary>The answer to a question that is true, false, or undecided.</summary>
    protected static DerivedValue Answer(bool? answer, string? evidence, string? whyUndecided = null) =>
        answer is { } known ? DerivedValue.Of(known, evidence) : DerivedValue.Unknown(evidence is null ? null : whyUndecided ?? default(Exposure).WhyUndecided);

    /// <summary>The actions of <c>actions</c>, a list of patterns such as <c>s3:Put*</c>; null, for all of them, where there is no such list.</summary>
    protected static PatternSet? ActionsOf(YamlMap arguments) =>
        arguments.Texts("actions") is { Count: > 0 } actions ? new PatternSet(actions.Select(action => Glob.Of(action.ToLowerInvariant()))) : null;

    protected static PolicyTarget TargetOf(in Subject subject, PatternSet? actions) =>
        PolicyTarget.Of(subject.Resource.Arn) is var target && actions is null ? target : target.Only(actions!);

    private DerivedValue EvaluateTogether(IReadOnlyList<PolicyDocument?> policies, FieldReference other, in Subject subject, bool explain)
    {
        switch (other.Resolve(subject, out var value))
        {
            case FieldState.Unreadable:
                return DerivedValue.Unknown(explain ? $"{other.Text} could not be read: {other.WhyUnreadable(subject)}" : null);
            case FieldState.Present:
                policies = [.. policies, .. PolicyDocument.ParseAll(value.Json)];
                break;
        }

        return EvaluateEach(PolicyDocument.Together(policies), subject, explain);
    }

    private DerivedValue EvaluateEach(IReadOnlyList<PolicyDocument?> policies, in Subject subject, bool explain)
    {
        var owner = OwnerOf.Subject(subject);
        var most = DerivedValue.Of(false, explain ? $"{field.Text}: there is no policy" : null);
        foreach (var policy in policies)
        {
            var value = policy is not null
                ? Evaluate(policy, owner, subject, explain)
                : DerivedValue.Unknown(explain ? $"{field.Text} is no policy document that could be understood" : null);
            if (value is { State: FieldState.Present, Number: not 0 })
            {
                return value;
            }

            most = most.State == FieldState.Present ? value : most;
        }

        return most;
    }
}
