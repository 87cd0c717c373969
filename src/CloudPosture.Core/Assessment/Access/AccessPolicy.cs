using System;
using System.Collections.Generic;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Assessment.Access;

/// <summary>A policy by its name. Its document is parsed once, however often it is asked.</summary>
public sealed class AccessPolicy
{
    private readonly Lazy<IReadOnlyList<Statement>?> _statements;

    /// <summary>Names a policy.</summary>
    /// <param name="name">What answers call it: an ARN, or the name of an inline policy.</param>
    /// <param name="document">The document's JSON; null where it was not read.</param>
    public AccessPolicy(string name, string? document)
    {
        Name = name;
        _statements = new(() => document is null ? null : PolicyDocument.Parse(document)?.Statements);
    }

    private AccessPolicy(string name, Lazy<IReadOnlyList<Statement>?> statements) => (Name, _statements) = (name, statements);

    /// <summary>What answers call it.</summary>
    public string Name { get; }

    /// <summary>What it says; null where it was not read, or is no policy.</summary>
    internal IReadOnlyList<Statement>? Statements => _statements.Value;

    /// <summary>A policy that was parsed already; null where it was not read, or is none.</summary>
    internal static AccessPolicy Of(string name, IReadOnlyList<Statement>? statements) => new(name, new Lazy<IReadOnlyList<Statement>?>(() => statements));
}
