namespace CloudPosture.Tests.Lake;

/// <summary>A test that reads the lake with DuckDB; it says so where that cannot be installed.</summary>
public sealed class DuckDbFactAttribute : FactAttribute
{
    public DuckDbFactAttribute()
    {
        if (!DuckDb.IsHere)
        {
            Skip = "npm is not here or could not install DuckDB: nobody but ourselves reads the lake.";
        }
    }
}
