using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Content.Catalog;

/// <summary>A documented request rate, shared by a class of operations in one account and Region.</summary>
/// <param name="Operations">The operations of the class; <c>*</c> stands for all that no other class names.</param>
/// <param name="Bucket">How many requests may come at once.</param>
/// <param name="Refill">How many requests a second are allowed in the long run.</param>
/// <param name="PerOperation">True where each operation of the class has such a rate of its own.</param>
public sealed record RateEntry(IReadOnlyList<string> Operations, double Bucket, double Refill, bool PerOperation = false)
{
    internal bool Covers(string operation) => Operations.Contains(operation) || Operations.Contains("*");
}
