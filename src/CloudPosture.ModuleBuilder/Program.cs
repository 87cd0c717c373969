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
    ["pack", var repository, var folder, var project] => Publish(repository, folder, project),
    _ => Usage(),
};

static int Publish(string repository, string folder, string project)
{
    try
    {
        return ModulePackage.Write(repository, folder, PublishedFiles.Parse(project));
    }
    catch (ArgumentException problem)
    {
        Console.Error.WriteLine($"error : {problem.Message}");
        return 2;
    }
}

static int Usage()
{
    Console.Error.WriteLine("usage: CloudPosture.ModuleBuilder help <repository>");
    Console.Error.WriteLine("       CloudPosture.ModuleBuilder content <repository>");
    Console.Error.WriteLine("       CloudPosture.ModuleBuilder check <repository> [<service> …]");
    Console.Error.WriteLine("       CloudPosture.ModuleBuilder pack <repository> [<folder> [<project's address>]]");
    return 2;
}
