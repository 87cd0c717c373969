using System;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A wait for IAM, which may not have spread what was made a moment ago.</summary>
/// <param name="Reason">What is waited for, in a sentence.</param>
/// <param name="Waited">How long that has lasted; zero at its beginning.</param>
/// <param name="AtMost">How long it lasts at most.</param>
/// <param name="IsOver">True once it has ended, well or not.</param>
/// <param name="MayBeMistaken">True where waiting may be in vain, because what is waited for was not made by this run.</param>
public sealed record RoleWait(string Reason, TimeSpan Waited, TimeSpan AtMost, bool IsOver, bool MayBeMistaken);
