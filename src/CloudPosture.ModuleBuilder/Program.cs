using System;
using CloudPosture.ModuleBuilder.Checks;
using CloudPosture.ModuleBuilder.Help;
using CloudPosture.ModuleBuilder.Packaging;

return args switch
{
    ["help", var repository] => HelpBuilder.Build(repository),
    ["content", var repository] => ContentCheck.Build(repository),
    ["check", var repository, .. var services] => ContentCheck.Run(repository, services),
    ["pack", var repository] => ModulePackage.WriteContent(repository),
    ["pack", var repository, var folder] => ModulePackage.Write(repository, folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: CloudPosture.ModuleBuilder help <repository>");
    Console.Error.WriteLine("       CloudPosture.ModuleBuilder content <repository>");
    Console.Error.WriteLine("       CloudPosture.ModuleBuilder check <repository> [<service> …]");
    Console.Error.WriteLine("       CloudPosture.ModuleBuilder pack <repository> [<folder>]");
    return 2;
}
