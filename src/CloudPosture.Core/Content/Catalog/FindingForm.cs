using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>What of a finding of another detector means what.</summary>
internal sealed record FindingForm
{
    /// <summary>What was found, in the provider's own terms (<c>UnauthorizedAccess:EC2/SSHBruteForce</c>, <c>S3.8</c>).</summary>
    public required Template Kind { get; init; }

    /// <summary>The title; the kind where there is none.</summary>
    public Template? Title { get; init; }

    /// <summary>How the provider tells its severity; null where it tells none.</summary>
    public JsonPath? Severity { get; init; }

    /// <summary>Our word for each of the provider's, or for each from a number on; the last of these that it reaches.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Words { get; init; } = [];

    /// <summary>True where <see cref="Words"/> are numbers that a severity reaches.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Our word where the provider says nothing, or something unknown.</summary>
    public required string Otherwise { get; init; }

    /// <summary>The workflow state; null where the provider knows none.</summary>
    public JsonPath? State { get; init; }

    /// <summary>Words for states that are none, as <c>true</c> and <c>false</c>.</summary>
    public IReadOnlyDictionary<string, string> StateWords { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was last seen; null where that is when it was read.</summary>
    public JsonPath? Time { get; init; }

    /// <summary>When it was first seen.</summary>
    public JsonPath? Since { get; init; }

    /// <summary>The Region of what it is about; null where that is the finding's own.</summary>
    public JsonPath? Region { get; init; }

    /// <summary>What it is about, by ARN, id or name; the first that is known of these.</summary>
    public IReadOnlyList<Template> About { get; init; } = [];

    /// <summary>Every place it looks at.</summary>
    public IEnumerable<string> Paths => new[] { Severity, State, Time, Since, Region }.OfType<JsonPath>().Concat(AboutAny)
        .Concat(About.Concat(new[] { Kind, Title }.OfType<Template>()).SelectMany(template => template.Paths))
        .Select(path => path.Text);

    /// <summary>Lists of texts among which is what it is about.</summary>
    public IReadOnlyList<JsonPath> AboutAny { get; init; } = [];
}
