using System;
using System.Globalization;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>daysStopped</c>, without arguments, for AWS::EC2::Instance: the days, with fractions, between the stop that the instance tells of in
/// StateTransitionReason and the harvest. Absent for an instance that is not stopped; unknown where the reason names no time.
/// Evidence: the reason and the days.
/// </summary>
internal sealed class DaysStopped : DerivedFunction
{
    private static readonly FieldReference State = FieldReference.Parse("State.Name");
    private static readonly FieldReference Reason = FieldReference.Parse("StateTransitionReason");
    private static readonly Regex Time = new(@"\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) GMT\)", RegexOptions.CultureInvariant);

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (State.Resolve(subject, out var state) == FieldState.Unreadable)
        {
            return DerivedValue.Unknown(explain ? "the state could not be read" : null);
        }

        if (state.Text != "stopped")
        {
            return DerivedValue.Absent(explain ? $"the instance is {state.Text}" : null);
        }

        var reason = Reason.Resolve(subject, out var value) == FieldState.Present ? value.Text ?? "" : "";
        if (Time.Match(reason) is not { Success: true } match
            || !DateTimeOffset.TryParseExact(match.Groups[1].Value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stopped))
        {
            return DerivedValue.Unknown(explain ? $"StateTransitionReason = {reason}, which tells no time" : null);
        }

        var days = (subject.Now - stopped).TotalDays;
        return DerivedValue.Of(days, explain ? string.Format(CultureInfo.InvariantCulture, "StateTransitionReason = {0}, {1:0} days ago", reason, days) : null);
    }
}
