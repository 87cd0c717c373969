using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes where a secret may be: the names of environment variables, and never what is in them.</summary>
public sealed class SecretCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
    [
        ("secret:", "A secret of a vault of SecretManagement: secret:NAME or secret:VAULT/NAME"),
        .. Environment.GetEnvironmentVariables().Keys.Cast<string>().Select(name => ($"env:{name}", $"What the environment variable {name} holds")),
    ];
}
