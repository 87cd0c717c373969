System.Console.WriteLine("CloudPosture benchmarks");
