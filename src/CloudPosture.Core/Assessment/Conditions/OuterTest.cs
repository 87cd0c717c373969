namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a value against one of the resource under assessment.</summary>
internal delegate bool OuterTest(in FieldValue value, in FieldValue outer);
