using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using CloudPosture.Content;

namespace CloudPosture.Assessment.Escalation;

/// <summary>The ways to more rights.</summary>
internal static class EscalationMethods
{
    private static readonly ConditionalWeakTable<ContentSet, IReadOnlyList<EscalationMethod>> Read = new();

    /// <summary>Those that ship; read once.</summary>
    public static IReadOnlyList<EscalationMethod> Of(ContentSet content) =>
        Read.GetValue(content, content => EscalationMethodReader.Read(content.Source.Maps(ContentSource.Platform, ContentSource.EscalationsFile)));

    /// <summary>The types that methods ask for beside identities.</summary>
    public static IReadOnlyList<string> TypesOf(IEnumerable<EscalationMethod> methods) =>
        [.. methods.SelectMany(method => method.Types).Append(ManagedInstances.Type).Distinct(StringComparer.Ordinal)];
}
