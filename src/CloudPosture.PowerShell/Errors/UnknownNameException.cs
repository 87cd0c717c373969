using System.Collections.Generic;
using CloudPosture.Errors;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Errors;

/// <summary>A name was given that nothing has. The message says where the right names are found.</summary>
internal sealed class UnknownNameException : CloudPostureException
{
    public UnknownNameException(string errorId, string name, string message)
        : base(message)
    {
        Id = errorId;
        Target = name;
    }

    public override string Id { get; }

    public override ErrorKind Category => ErrorKind.NotFound;

    public override string Target { get; }

    /// <summary>Makes the exception of a name that is not in a list, with the names that come near it.</summary>
    /// <param name="kind">What is named, as an ErrorId begins (<c>Service</c>).</param>
    /// <param name="name">The name that was given.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="hint">How to list them.</param>
    public static UnknownNameException Among(string kind, string name, IEnumerable<string> known, string hint)
    {
        return new UnknownNameException(kind + "NotFound", name, $"There is no {Words(kind)} '{name}'.{NearNames.Suggest(name, known)} {hint}");
    }

    // ResourceType is a resource type, and a Region is written like this.
    private static string Words(string kind) => kind switch { "ResourceType" => "resource type", "Region" => kind, _ => kind.ToLowerInvariant() };
}
