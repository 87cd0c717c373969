using System.Text.Json.Serialization;

namespace CloudPosture.Lake.Findings;

/// <summary>What an assessment of an account came to by one rule, so that years can be told without reading their findings.</summary>
internal sealed record FindingCount
{
    public required string RuleId { get; init; }

    public required string Service { get; init; }

    public required Severity Severity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Passed { get; set; }

    /// <summary>Failures that nobody had accepted then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Failed { get; set; }

    /// <summary>Failures that were accepted when the assessment was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Excepted { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int NotAssessed { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Manual { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int New { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Regressed { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Resolved { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Gone { get; set; }
}
