namespace CloudPosture.Posture.Benchmarks;

/// <summary>By what the answers of benchmarks are told apart.</summary>
public enum BenchmarkGrouping
{
    /// <summary>By nothing: all accounts together.</summary>
    None,

    /// <summary>Account by account.</summary>
    Account,

    /// <summary>By unit of the organization; a unit holds the accounts of the units below it too.</summary>
    Unit,

    /// <summary>Region by Region; what belongs to none is <c>global</c>.</summary>
    Region,

    /// <summary>Organization by organization.</summary>
    Organization,
}
