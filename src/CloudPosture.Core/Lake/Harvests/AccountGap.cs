using System;

namespace CloudPosture.Lake.Harvests;

/// <summary>A gap, and where it belongs.</summary>
/// <param name="Gap">What could not be read.</param>
/// <param name="AccountId">The account, 12 digits.</param>
/// <param name="AccountName">The account's name, or its id where no name is known.</param>
/// <param name="Connection">The connection it was read through.</param>
/// <param name="HarvestId">The harvest that could not read it.</param>
/// <param name="HarvestedAt">When it tried, in UTC.</param>
public sealed record AccountGap(ReadGap Gap, string AccountId, string AccountName, string Connection, string HarvestId, DateTimeOffset HarvestedAt);
