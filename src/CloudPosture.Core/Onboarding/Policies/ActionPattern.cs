namespace CloudPosture.Onboarding.Policies;

/// <summary>An action as a policy names it: without regard to case, <c>*</c> for any text and <c>?</c> for one character.</summary>
internal static class ActionPattern
{
    public static bool HasWildcard(string pattern) => pattern.IndexOf('*') >= 0 || pattern.IndexOf('?') >= 0;

    public static bool Matches(string pattern, string action)
    {
        var (at, star, resume) = (0, -1, 0);
        for (var index = 0; index < action.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, index);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || char.ToLowerInvariant(pattern[at]) == char.ToLowerInvariant(action[index])))
            {
                at++;
                index++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                index = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*')
        {
            at++;
        }

        return at == pattern.Length;
    }

    /// <summary>The service prefix; null for what is not <c>service:name</c> or <c>*</c>.</summary>
    public static string? ServiceOf(string pattern)
    {
        var colon = pattern.IndexOf(':');
        return colon > 0 ? pattern.Substring(0, colon) : pattern == "*" ? "*" : null;
    }
}
