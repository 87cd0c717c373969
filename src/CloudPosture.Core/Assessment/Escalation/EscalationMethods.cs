using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Assessment.Escalation;

/// <summary>The ways to more rights that ship.</summary>
internal static class EscalationMethods
{
    private static readonly Lazy<IReadOnlyList<EscalationMethod>> Read = new(() =>
    {
        using var text = new StreamReader(typeof(EscalationMethods).Assembly.GetManifestResourceStream("escalations.yaml")!);
        return EscalationMethodReader.Read("_platform/escalations.yaml", text);
    });

    public static IReadOnlyList<EscalationMethod> Shipped => Read.Value;

    /// <summary>The types that methods ask for beside identities.</summary>
    public static IReadOnlyList<string> TypesOf(IEnumerable<EscalationMethod> methods) =>
        [.. methods.SelectMany(method => method.Types).Append(ManagedInstances.Type).Distinct(StringComparer.Ordinal)];
}
