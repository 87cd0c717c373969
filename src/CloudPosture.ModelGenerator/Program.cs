using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.ModelGenerator;

const string Usage = """
    Writes module/aws/<service>/model.json: the operations that service.yaml and _platform/operations.yaml name, from AWS's published API models;
    and in src/CloudPosture.Core/Onboarding/Data: iam-actions.txt, the access level of every IAM action, and iam-resources.txt, which actions act on other services' resources.
      dotnet run --project src/CloudPosture.ModelGenerator                  writes the files
      dotnet run --project src/CloudPosture.ModelGenerator -- s3 efs        writes the models of these services alone
      dotnet run --project src/CloudPosture.ModelGenerator -- --check       writes nothing; exit code 1 if a file is out of date
    """;

var isCheck = args is ["--check"];
if (!isCheck && args.Any(argument => argument.StartsWith('-')))
{
    Console.WriteLine(Usage);
    return args is ["--help"] ? 0 : 2;
}

try
{
    var repository = Repository.Find();
    var services = args.Length > 0 && !isCheck ? args : repository.ServiceNames;
    var platform = PlatformOperations.Read(repository);
    var published = new PublishedModels(repository.Generator);
    var files = services.Select(name => WantedModel.Read(repository, name, platform)).ToDictionary(
        wanted => repository.Model(wanted.Service),
        wanted => ModelTrimmer.Trim(published.Read(wanted), wanted.Operations));
    if (services == repository.ServiceNames)
    {
        var package = new IamPackage(repository.Generator);
        files.Add(repository.IamActions, IamActionData.Read(package));
        files.Add(repository.IamResources, IamResourceData.Read(package));
    }

    return isCheck ? Check(files) : Write(files);
}
catch (GeneratorException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static int Check(Dictionary<string, byte[]> files)
{
    var stale = files
        .Where(file => !File.Exists(file.Key) || !File.ReadAllBytes(file.Key).AsSpan().SequenceEqual(file.Value))
        .Select(file => Path.Combine(Path.GetFileName(Path.GetDirectoryName(file.Key))!, Path.GetFileName(file.Key)))
        .ToList();
    Console.WriteLine(stale.Count == 0
        ? $"{files.Count} files are up to date."
        : $"Out of date: {string.Join(", ", stale)}. Run CloudPosture.ModelGenerator and commit what it writes.");
    return stale.Count == 0 ? 0 : 1;
}

static int Write(Dictionary<string, byte[]> files)
{
    foreach (var (path, content) in files)
    {
        File.WriteAllBytes(path, content);
    }

    Console.WriteLine($"Wrote {files.Count} files, {files.Values.Sum(content => content.Length) / 1024} KiB.");
    return 0;
}
