System.Console.WriteLine("CloudPosture model generator");
