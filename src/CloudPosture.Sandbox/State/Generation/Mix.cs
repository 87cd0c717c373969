namespace CloudPosture.Sandbox.State.Generation;

/// <summary>Deterministic numbers and names from a seed and a place in the organization.</summary>
internal static class Mix
{
    public static ulong Hash(ulong start, string text)
    {
        var hash = start ^ 14695981039346656037;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211;
        }

        return Spread(hash);
    }

    public static ulong Spread(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    /// <summary>Lower-case hexadecimal digits, as EC2's ids have.</summary>
    public static string Hex(ulong hash, int digits) =>
        (hash.ToString("x16") + Spread(hash + 1).ToString("x16"))[..digits];

    /// <summary>Upper-case letters and digits, as IAM's unique ids have.</summary>
    public static string Letters(ulong hash, int count) =>
        string.Create(count, hash, static (span, state) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                state = Spread(state + 0x9e3779b97f4a7c15);
                span[index] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(int)(state % 32)];
            }
        });
}
