using System.Globalization;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>difference</c>, with <c>of</c> and <c>minus</c>: two fields that hold numbers, the first less the second. Absent where one is absent
/// or no number. Evidence: both.
/// </summary>
internal sealed class Difference(YamlMap arguments) : DerivedFunction
{
    private readonly FieldReference _of = Operators.Reference(arguments, "of");
    private readonly FieldReference _minus = Operators.Reference(arguments, "minus");

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var (first, second) = (_of.Resolve(subject, out var of), _minus.Resolve(subject, out var minus));
        if (first == FieldState.Unreadable || second == FieldState.Unreadable)
        {
            var unread = first == FieldState.Unreadable ? _of : _minus;
            return DerivedValue.Unknown(explain ? $"{unread.Text} could not be read: {Conditions.Evidence.Of(unread.GapOf(subject)!)}" : null);
        }

        if (first == FieldState.Absent || second == FieldState.Absent || !of.TryGetNumber(out var whole) || !minus.TryGetNumber(out var part))
        {
            return DerivedValue.Absent(explain ? $"{_of.Text} or {_minus.Text} holds no number" : null);
        }

        return DerivedValue.Of(whole - part, explain ? string.Format(CultureInfo.InvariantCulture, "{0} {1} - {2} {3}", _of.Text, whole, _minus.Text, part) : null);
    }
}
