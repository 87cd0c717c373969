System.Console.WriteLine("CloudPosture sandbox");
