using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Graph.Network;
using CloudPosture.Graph.Network.Judging;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Posture.Paths;

/// <summary>What can be reached of some accounts, from the Internet or from elsewhere, by packets and by requests.</summary>
public sealed class ExposureReport
{
    private readonly NetworkModel _model;
    private readonly SharedThings _shared;
    private readonly Dictionary<string, string> _partitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);
    private readonly string? _organization;
    private readonly bool _isOrganizationKnown;

    private ExposureReport(IEnumerable<IAccountSnapshot> accounts, IEnumerable<Resource>? organizations, bool keepsClosed, CancellationToken cancellationToken)
    {
        var network = new NetworkBuilder();
        _shared = new SharedThings(OwnerOf, keepsClosed);
        foreach (var resource in organizations ?? [])
        {
            _isOrganizationKnown = true;
            _organization = resource.Type == OrganizationTypes.Organization ? resource.Id : _organization;
            _accounts.UnionWith(resource.Type == OrganizationTypes.Account ? [resource.Id] : []);
        }

        foreach (var account in accounts)
        {
            _partitions[account.AccountId] = account.Partition;
            _accounts.Add(account.AccountId);
            network.MissGapsOf(account);
            foreach (var resource in account.Resources())
            {
                cancellationToken.ThrowIfCancellationRequested();
                network.Add(resource);
                _shared.Add(resource);
            }
        }

        _model = network.Build();
    }

    /// <summary>Reads some accounts, each once.</summary>
    /// <param name="accounts">The accounts, which are taken to belong together.</param>
    /// <param name="organizations">Their organization and its members, by whose ids strangers are told; null where they are not known.</param>
    /// <param name="keepsClosed">Whether policies, ACLs and permissions that let nobody in are told of too.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The report.</returns>
    public static ExposureReport Read(IEnumerable<IAccountSnapshot> accounts, IEnumerable<Resource>? organizations = null, bool keepsClosed = true, CancellationToken cancellationToken = default) =>
        new(accounts, organizations, keepsClosed, cancellationToken);

    /// <summary>Reads a lake.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="harvestId">One harvest; null for the latest of each account and service.</param>
    /// <param name="keepsClosed">Whether policies, ACLs and permissions that let nobody in are told of too.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The report.</returns>
    public static ExposureReport Read(PostureLake lake, string? harvestId = null, bool keepsClosed = true, CancellationToken cancellationToken = default) => Read(
        harvestId is null ? lake.LatestAccounts() : lake.Accounts(harvestId),
        lake.ReadResources(new ResourceQuery { Types = [OrganizationTypes.Organization, OrganizationTypes.Account] }),
        keepsClosed,
        cancellationToken);

    /// <summary>Everything that an origin may reach, computed as it is asked for.</summary>
    /// <param name="from"><c>Internet</c>, an address, a CIDR block, or the id of a VPC.</param>
    /// <returns>One line for each port, or stretch of ports that fare alike, of each interface; for each target behind a load balancer; and, from the Internet, for each policy, ACL and permission, and for what stands behind distributions and APIs.</returns>
    /// <exception cref="FormatException"><paramref name="from"/> is none of these; the message says what is.</exception>
    public IEnumerable<PostureExposure> From(string from)
    {
        var origin = Origin.Parse(from, _model);
        var packets = new Exposures(_model, origin).All();
        return ReferenceEquals(origin, Origin.Internet) ? packets.Concat(_shared.All(_model)) : packets;
    }

    private Owner OwnerOf(string accountId) => new(accountId, _partitions.TryGetValue(accountId, out var partition) ? partition : "aws")
    {
        KnownAccounts = _accounts,
        OrganizationId = _organization,
        IsOrganizationKnown = _isOrganizationKnown,
    };
}
