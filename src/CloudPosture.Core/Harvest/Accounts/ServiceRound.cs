using System;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Services;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Accounts;

/// <summary>One reading of a service, of which there may be a second where the first met faults.</summary>
/// <param name="Service">The service.</param>
/// <param name="Harvest">What reads it.</param>
/// <param name="Writer">Where what it reads goes.</param>
internal sealed record ServiceRound(ServiceEntry Service, ServiceHarvest Harvest, ServiceWriter Writer)
{
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How many answers came from anywhere before it began: more since then show that names are resolved.</summary>
    public required long AnswersBefore { get; init; }

    /// <summary>What an earlier round left open; null where it is the first.</summary>
    public required ServiceCommit? Before { get; init; }

    /// <summary>Whether this run reads the service for the second time.</summary>
    public required bool IsAgain { get; init; }
}
