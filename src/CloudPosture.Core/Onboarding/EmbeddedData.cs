using System.IO;

namespace CloudPosture.Onboarding;

/// <summary>The data files of this folder, which ship inside the assembly.</summary>
internal static class EmbeddedData
{
    public static StreamReader Open(string file) =>
        new(typeof(EmbeddedData).Assembly.GetManifestResourceStream("onboarding/" + file)!);
}
