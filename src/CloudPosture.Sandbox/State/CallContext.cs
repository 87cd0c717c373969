using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State;

/// <summary>What a handler knows of the call it answers.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Input">The input with official member names.</param>
/// <param name="Cell">The caller's account in the Region asked; for global services still the signature's Region.</param>
/// <param name="Caller">Who asks; null for unsigned calls.</param>
/// <param name="World">What writes change, and who has keys.</param>
internal sealed record CallContext(OperationModel Operation, JsonObject Input, Cell Cell, Principal? Caller, World World)
{
    /// <summary>What is to go wrong with the call; null for nothing.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The global part of the caller's account.</summary>
    public Cell Global => Cell with { RegionIndex = -1 };

    public SandboxOrganization Organization => Cell.Organization;

    /// <summary>A text input; null where absent.</summary>
    public string? Text(string member) => Input[member] is { } value ? Scalars.Text(value) : null;

    /// <summary>A text input that must be there.</summary>
    public string Need(string member) =>
        Text(member) ?? throw new AwsError("ValidationException", $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");
}
