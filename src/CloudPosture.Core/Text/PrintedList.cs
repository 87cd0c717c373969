using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace CloudPosture.Text;

/// <summary>A list that prints as what is in it: a cell of CSV holds that, where it would hold the name of the list's type.</summary>
/// <param name="items">What is in it.</param>
public sealed class PrintedList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this);
}
