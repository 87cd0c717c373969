using System.Collections.Immutable;
using System.Linq;

namespace CloudPosture.Sandbox.Faults;

/// <summary>The faults in force; safe to change while calls run.</summary>
public sealed class FaultPlan
{
    private ImmutableList<Fault> _faults = [];

    public Fault Add(Fault fault)
    {
        ImmutableInterlocked.Update(ref _faults, faults => faults.Add(fault));
        return fault;
    }

    public void Remove(Fault fault) => ImmutableInterlocked.Update(ref _faults, faults => faults.Remove(fault));

    public void Clear() => ImmutableInterlocked.Update(ref _faults, _ => []);

    internal Fault? Find(string service, string operation, string account, string region) =>
        _faults.FirstOrDefault(fault => fault.Strikes(service, operation, account, region));
}
