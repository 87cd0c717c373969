using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Derived;

/// <summary>A computed value (true is 1, false 0) and, where asked for, what it rests on.</summary>
internal readonly record struct DerivedValue(FieldState State, double Number, string? Evidence)
{
    public static DerivedValue Of(bool value, string? evidence) => new(FieldState.Present, value ? 1 : 0, evidence);

    public static DerivedValue Of(double value, string? evidence) => new(FieldState.Present, value, evidence);

    public static DerivedValue Absent(string? evidence) => new(FieldState.Absent, 0, evidence);

    public static DerivedValue Unknown(string? evidence) => new(FieldState.Unreadable, 0, evidence);
}
