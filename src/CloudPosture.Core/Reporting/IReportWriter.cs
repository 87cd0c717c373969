using System;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting;

/// <summary>Writes one format, finding by finding, to a stream that it does not own: <see cref="Begin"/>, <see cref="Write"/> for each, <see cref="End"/>.</summary>
internal interface IReportWriter : IDisposable
{
    /// <summary>Writes what stands before the findings. All that is counted is known by now.</summary>
    void Begin(Report report);

    /// <summary>Writes a finding, in the order that the format asked for.</summary>
    void Write(Finding finding);

    /// <summary>Writes what stands after the findings, and sends everything to the stream.</summary>
    void End();
}
