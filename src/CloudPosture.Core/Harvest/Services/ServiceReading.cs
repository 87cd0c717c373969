using System;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Services;

/// <summary>What all that read one service of one account have in common.</summary>
/// <param name="Context">What the accounts of the harvest share.</param>
/// <param name="Plan">The account, and what of it is to be read.</param>
/// <param name="Service">The service.</param>
/// <param name="Caller">Sends its calls.</param>
/// <param name="Writer">Takes what is read.</param>
/// <param name="StartedAt">When the reading began.</param>
internal sealed record ServiceReading(HarvestContext Context, AccountPlan Plan, ServiceEntry Service, ServiceCaller Caller, ServiceWriter Writer, DateTimeOffset StartedAt);
