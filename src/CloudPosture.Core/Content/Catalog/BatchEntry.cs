using System;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>How one call completes many items: their ids go into the input's one list, and each element of the answer says whose it is.</summary>
/// <param name="Size">The most items that one call takes, as the operation's reference says.</param>
/// <param name="List">Where the answer holds the elements.</param>
/// <param name="Rest">What is kept of an element.</param>
/// <param name="By">The member of an element that repeats the id that was sent.</param>
internal sealed record BatchEntry(int Size, JsonPath List, JsonPath Rest, JsonPath By)
{
    private const string First = "[0]";

    /// <summary>One for a call that selects the first element of a list where it is sent for one item.</summary>
    /// <exception cref="FormatException">The call selects no such element.</exception>
    public static BatchEntry Of(int size, JsonPath select, JsonPath by)
    {
        var index = select.Text.IndexOf(First, StringComparison.Ordinal);
        if (index < 0)
        {
            throw new FormatException($"a batch needs a 'select' of the list's first element, as in projects[0]; it is '{select.Text}'.");
        }

        var rest = select.Text.Substring(index + First.Length).TrimStart('.');
        return new BatchEntry(size, JsonPath.Parse(select.Text.Substring(0, index)), rest.Length == 0 ? JsonPath.Root : JsonPath.Parse(rest), by);
    }
}
