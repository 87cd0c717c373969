namespace CloudPosture.Reporting.Content;

/// <summary>An account or a rule with its findings' counts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name or title.</param>
/// <param name="Counts">The counts.</param>
internal sealed record CountedName(string Id, string Name, StatusCounts Counts);
