using System.Globalization;
using BenchmarkDotNet.Running;
using CloudPosture.Benchmarks;

// "harvest [accounts] [regions] [resources]" measures a whole process; anything else goes to BenchmarkDotNet.
if (args is ["harvest", ..])
{
    await HarvestMeasurement.RunAsync(Number(1, 10), Number(2, 4), Number(3, 100_000));
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}

int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
