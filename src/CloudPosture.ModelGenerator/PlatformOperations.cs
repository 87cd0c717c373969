using System.Collections.Generic;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.ModelGenerator;

/// <summary>The operations that the product's own code sends beside the harvest: connecting, onboarding, delegation, organizations.</summary>
public sealed class PlatformOperations
{
    private readonly YamlMappingNode _byService;

    private PlatformOperations(YamlMappingNode byService) => _byService = byService;

    public static PlatformOperations Read(Repository repository) => new(YamlText.Load(repository.Operations));

    /// <summary>The names of a service's operations.</summary>
    public IEnumerable<string> Of(string service) => YamlText.Texts(_byService, service);
}
