namespace CloudPosture.Onboarding.Templates;

/// <summary>A step of a script.</summary>
internal abstract record ScriptStep;
