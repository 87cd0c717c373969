using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Content;

/// <summary>The content that was built into this assembly.</summary>
internal sealed class EmbeddedContent : ContentSource
{
    private const string Prefix = "aws/";

    public override IReadOnlyList<string> ServicesWith(string file) =>
        [.. typeof(EmbeddedContent).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith("/" + file, StringComparison.Ordinal))
            .Select(name => name.Substring(Prefix.Length, name.Length - Prefix.Length - file.Length - 1))
            .OrderBy(name => name, StringComparer.Ordinal)];

    public override Stream? Open(string service, string file) => typeof(EmbeddedContent).Assembly.GetManifestResourceStream(Prefix + service + "/" + file);
}
