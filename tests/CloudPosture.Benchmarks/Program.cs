using System;
using System.Globalization;
using BenchmarkDotNet.Running;
using CloudPosture.Benchmarks;
using CloudPosture.Reporting;

// "harvest [accounts] [regions] [resources]" and "pace [accounts] [regions] [resources an account]" measure a whole process;
// "first [runs] [path of a pwsh]" measures what a first harvest costs in a new PowerShell, against moto's server;
// "escalation [roles]" searches who can become whom among as many roles;
// "connections [number]" lists, finds and adds among many;
// "findings [number]" merges, gates and compares those of one account;
// "benchmarks [findings] [accounts] [module folder]" answers every requirement of every benchmark in each account;
// "reports [findings]" writes them in every format, "report format findings" in one;
// "simulate accounts regions [--shards 1,10,50 …]" computes what more accounts than a machine holds would take;
// "paths [resources] [accounts]" finds the paths from the Internet to administrators and to data in a synthetic estate;
// "policies [runs]" asks how far policies of hard shapes reach;
// "graph [resources] [accounts]" builds the graph of a synthetic estate and finds what the Internet reaches;
// anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["harvest", ..]:
        await HarvestMeasurement.RunAsync(Number(1, 10), Number(2, 4), Number(3, 100_000));
        break;
    case ["pace", ..]:
        await PaceMeasurement.RunAsync(Number(1, 50), Number(2, 17), Number(3, 0));
        break;
    case ["first", ..]:
        await FirstHarvestMeasurement.RunAsync(Number(1, 5), args.Length > 2 ? args[2] : null);
        break;
    case ["simulate", _, _, ..]:
        await ScaleSimulation.RunAsync(args[1..]);
        break;
    case ["graph", ..]:
        GraphMeasurement.Run(Number(1, 1_000_000), Number(2, 20));
        break;
    case ["paths", ..]:
        PathMeasurement.Run(Number(1, 1_000_000), Number(2, 20));
        break;
    case ["policies", ..]:
        PolicyMeasurement.Run(Number(1, 15));
        break;
    case ["escalation", ..]:
        EscalationMeasurement.Run(Number(1, 10_000));
        break;
    case ["connections", ..]:
        await ConnectionMeasurement.RunAsync(Number(1, 1000));
        break;
    case ["findings", ..]:
        FindingsMeasurement.Run(Number(1, 1_000_000));
        break;
    case ["benchmarks", ..]:
        BenchmarkMeasurement.Run(Number(1, 1_000_000), Number(2, 100), args.Length > 3 ? args[3] : null);
        break;
    case ["reports", ..]:
        ReportMeasurement.RunAll(Number(1, 1_000_000));
        break;
    case ["report", _, _, ..]:
        ReportMeasurement.Run(Enum.Parse<ReportFormat>(args[1]), Number(2, 1_000_000));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
