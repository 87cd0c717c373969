using CloudPosture.Lake.Findings;

namespace CloudPosture.Assessment;

/// <summary>What a finding answers: a rule, or a requirement that a person must look at.</summary>
/// <param name="Id">The rule's id, or the benchmark's with the requirement's.</param>
/// <param name="Title">What is asked.</param>
/// <param name="Severity">How much it weighs where the answer is no.</param>
/// <param name="Service">The service that it is counted with.</param>
internal readonly record struct Check(string Id, string Title, Severity Severity, string Service);
