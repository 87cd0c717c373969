using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.ModelGenerator;

const string Usage = """
    Writes src/CloudPosture.Core/Aws/Models/*.json: the operations that the catalog and operations.yaml name, from AWS's published API models;
    and src/CloudPosture.Core/Onboarding/Data/iam-actions.txt: the access level of every IAM action.
      dotnet run --project src/CloudPosture.ModelGenerator              writes the files
      dotnet run --project src/CloudPosture.ModelGenerator -- --check   writes nothing; exit code 1 if a file is out of date
    """;

if (args is not ([] or ["--check"]))
{
    Console.WriteLine(Usage);
    return args is ["--help"] ? 0 : 2;
}

try
{
    var repository = Repository.Find();
    var wanted = WantedOperations.Read(repository);
    var published = new PublishedModels(repository.Generator);
    var files = wanted.Models.ToDictionary(
        model => Path.Combine(repository.Models, model + ".json"),
        model => ModelTrimmer.Trim(published.Read(model, wanted), wanted.Operations(model)));
    files.Add(repository.IamActions, IamActionData.Read(repository.Generator));
    return args is ["--check"] ? Check(repository, files) : Write(repository, files);
}
catch (GeneratorException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static int Check(Repository repository, Dictionary<string, byte[]> files)
{
    var stale = files
        .Where(file => !File.Exists(file.Key) || !File.ReadAllBytes(file.Key).AsSpan().SequenceEqual(file.Value))
        .Select(file => file.Key)
        .Concat(Orphans(repository, files))
        .Select(Path.GetFileName)
        .ToList();
    Console.WriteLine(stale.Count == 0
        ? $"{files.Count} files are up to date."
        : $"Out of date: {string.Join(", ", stale)}. Run CloudPosture.ModelGenerator and commit what it writes.");
    return stale.Count == 0 ? 0 : 1;
}

static int Write(Repository repository, Dictionary<string, byte[]> files)
{
    foreach (var orphan in Orphans(repository, files))
    {
        File.Delete(orphan);
    }

    foreach (var (path, content) in files)
    {
        File.WriteAllBytes(path, content);
    }

    Console.WriteLine($"Wrote {files.Count} files, {files.Values.Sum(content => content.Length) / 1024} KiB.");
    return 0;
}

static IEnumerable<string> Orphans(Repository repository, Dictionary<string, byte[]> files) =>
    Directory.EnumerateFiles(repository.Models, "*.json").Where(path => !files.ContainsKey(path));
