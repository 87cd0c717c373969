using System.Text.Json;

namespace CloudPosture.Assessment.Rules;

/// <summary>A writing call that puts right what a rule found.</summary>
/// <param name="Operation">The API operation (<c>PutBucketVersioning</c>).</param>
/// <param name="Input">Its input, whose texts may hold <c>{Member.Path}</c> of the resource.</param>
public sealed record RepairCall(string Operation, JsonElement Input);
