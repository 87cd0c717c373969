namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>A request that says nothing.</summary>
internal sealed class NoVariables : IVariables
{
    public static readonly NoVariables Instance = new();

    private NoVariables()
    {
    }

    public string? ValueOf(string key) => null;
}
