using System.Collections.Generic;
using CloudPosture.Assessment.Derived;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Conditions;

/// <summary>
/// What was computed of the resource that was looked at last. A rule asks for it to judge, its groups of conditions to see which of them
/// decided, and all of them once more to explain.
/// </summary>
internal sealed class LastValues
{
    private readonly Dictionary<DerivedFunction, DerivedValue> _values = [];
    private Resource? _resource;

    /// <summary>The value of a subject, computed where it is not known.</summary>
    /// <param name="function">Computes it.</param>
    /// <param name="subject">The subject; of parts of a resource, and of others that are counted beside it, nothing is remembered.</param>
    /// <param name="explain">Whether evidence is wanted; what is remembered has it.</param>
    public DerivedValue Of(DerivedFunction function, in Subject subject, bool explain)
    {
        if (subject.IsElement || !ReferenceEquals(subject.Resource, subject.Assessed))
        {
            return function.Evaluate(subject, explain);
        }

        if (!ReferenceEquals(_resource, subject.Resource))
        {
            Forget();
            _resource = subject.Resource;
        }

        if (!_values.TryGetValue(function, out var value))
        {
            _values[function] = value = function.Evaluate(subject, explain: true);
        }

        return value;
    }

    public void Forget()
    {
        _values.Clear();
        _resource = null;
    }
}
