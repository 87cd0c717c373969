using System;
using System.Collections;
using System.Linq;

namespace CloudPosture.PowerShell.Resources;

/// <summary>Tags by key, told apart by case as in AWS, that print as <c>key=value; key=value</c>: in a CSV file there is no other place for them.</summary>
internal sealed class TagTable() : Hashtable(StringComparer.Ordinal)
{
    public override string ToString() =>
        string.Join("; ", Keys.Cast<string>().OrderBy(key => key, StringComparer.Ordinal).Select(key => $"{key}={this[key]}"));
}
