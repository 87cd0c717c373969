using System.Collections.Generic;

namespace CloudPosture.Sandbox.Faults;

/// <summary>A token bucket that AWS keeps for each account and Region.</summary>
/// <param name="Service">The model's name (<c>ec2</c>).</param>
/// <param name="Operations">The operations that share the bucket; empty means all others of the service.</param>
/// <param name="Bucket">The calls it holds when full.</param>
/// <param name="RefillPerSecond">The calls that flow in each second.</param>
/// <param name="IsPerOperation">True where each operation has a bucket of its own.</param>
public sealed record RateLimit(string Service, IReadOnlyList<string> Operations, double Bucket, double RefillPerSecond, bool IsPerOperation = false);
