using System;
using System.Collections.Generic;
using System.IO;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Collecting;

/// <summary>Findings that come one by one and are read several times, in flat memory: most wait in a private file, which is gone afterwards.</summary>
public sealed class CollectedFindings : IDisposable
{
    private readonly FindingSpool _spool;

    /// <summary>Begins a collection.</summary>
    /// <param name="folder">Where the file may be; made where it is not there.</param>
    /// <param name="isByPlace">Whether they are read by account and Region, in which what is global is where its partition keeps it.</param>
    public CollectedFindings(string folder, bool isByPlace = false)
    {
        PrivateFiles.CreateDirectory(folder);
        _spool = new FindingSpool(PrivateFiles.NewDraft(Path.Combine(folder, "findings")), isByPlace ? ByPlace : null);
    }

    /// <summary>Adds a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Add(Finding finding) => _spool.Add(finding);

    /// <summary>The findings, in their order; each enumeration reads again.</summary>
    public IEnumerable<Finding> Read() => _spool.Read();

    /// <summary>Takes the file away.</summary>
    public void Dispose() => _spool.Dispose();

    private static int ByPlace(Finding left, Finding right)
    {
        var account = string.CompareOrdinal(left.AccountId, right.AccountId);
        return account != 0 ? account : string.CompareOrdinal(ResourcePlace.RegionOf(left), ResourcePlace.RegionOf(right));
    }
}
