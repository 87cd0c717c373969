using System;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a value that is there.</summary>
/// <param name="value">The value.</param>
/// <param name="now">The time that ages are measured against.</param>
internal delegate bool ValueTest(in FieldValue value, DateTimeOffset now);
