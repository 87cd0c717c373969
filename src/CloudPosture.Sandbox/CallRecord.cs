using System;

namespace CloudPosture.Sandbox;

/// <summary>One call as the sandbox saw it.</summary>
/// <param name="AccountId">The caller's account; empty where the caller is unknown.</param>
/// <param name="Service">The model's name (<c>ec2</c>).</param>
/// <param name="Region">The Region of the signature.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Started">When its last byte had come in.</param>
/// <param name="Ended">When its answer was ready.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The error code; null for success.</param>
/// <param name="Principal">The caller's ARN; empty where unknown.</param>
/// <param name="IsWrite">True for operations that change something.</param>
public sealed record CallRecord(
    string AccountId, string Service, string Region, string Operation,
    DateTimeOffset Started, DateTimeOffset Ended, int Status, string? Code, string Principal, bool IsWrite);
