using System.Globalization;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>daysSince</c> and <c>daysUntil</c>, with <c>field</c>: the days, with fractions, between the field's timestamp and the harvest; negative
/// for the other direction. Absent where the field is absent or no timestamp. Evidence: the timestamp and the days.
/// </summary>
internal sealed class Days(YamlMap arguments, int sign) : DerivedFunction
{
    private readonly FieldReference _field = Operators.Reference(arguments, "field");

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var state = _field.Resolve(subject, out var value);
        if (state == FieldState.Unreadable)
        {
            return DerivedValue.Unknown(explain ? $"{_field.Text} could not be read: {_field.WhyUnreadable(subject)}" : null);
        }

        if (state == FieldState.Absent || !value.TryGetTime(out var time))
        {
            return DerivedValue.Absent(explain ? $"{_field.Text} holds no time" : null);
        }

        var days = sign * (subject.Now - time).TotalDays;
        return DerivedValue.Of(days, explain ? string.Format(CultureInfo.InvariantCulture, "{0} = {1}, {2:0} days {3}", _field.Text, value, days, sign > 0 ? "ago" : "ahead") : null);
    }
}
