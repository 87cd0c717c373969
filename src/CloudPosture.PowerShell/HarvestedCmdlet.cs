using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Benchmarks;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that show what was harvested, narrowed by where it is.</summary>
public abstract class HarvestedCmdlet : LakeCmdlet
{
    private readonly HashSet<string> _typed = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _knownAccounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _knownConnections = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Services of the catalog.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Accounts, by id or name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AccountId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>Regions, or <c>global</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>Connections the resources were read through.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>One harvest, instead of the latest of each account and service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <summary>What another cmdlet of the module gave: a harvest, a connection, or what was harvested.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The types of which objects narrow what is shown, by their properties or as a whole.</summary>
    private protected abstract IReadOnlyCollection<Type> Joins { get; }

    /// <inheritdoc/>
    protected sealed override void OnBegin()
    {
        _typed.UnionWith(MyInvocation.BoundParameters.Keys);
        WarnOfNothing();
    }

    /// <inheritdoc/>
    protected sealed override void OnRecord()
    {
        var input = PipelineItem.Of(InputObject);
        if (input is null && MyInvocation.ExpectingInput)
        {
            // A variable that holds nothing does not ask for everything.
            return;
        }

        input?.RefuseStranger(MyInvocation.MyCommand.Name, Joins);
        RefuseSilent(input);
        ForgetEmptyPlaces(input);
        var connection = input?.Is<PostureConnectionInfo>() == true ? input.Text(nameof(PostureConnectionInfo.Name)) : null;
        OnRecord(new HarvestScope
        {
            HarvestId = CheckedHarvest(input?.Is<PostureHarvest>() == true ? input.Text(nameof(PostureHarvest.HarvestId)) : HarvestId),
            Services = Filter(nameof(Service), Service).RefuseUnknownServices(),
            Regions = Filter(nameof(Region), Region).RefuseUnknownRegions(),
            Accounts = connection is not null && !IsTyped(nameof(Account)) ? new NameFilter(null) : CheckedAccounts(Filter(nameof(Account), Account)),
            Connections = connection is not null ? NameFilter.OfExactly([connection]) : CheckedConnections(Filter(nameof(Connection), Connection)),
            Input = input,
        });
    }

    /// <summary>Shows what the parameters and one object of the pipeline, where there is one, ask for.</summary>
    private protected abstract void OnRecord(HarvestScope scope);

    /// <summary>Whether the command line gives a parameter; else it is the pipeline's, or nobody's.</summary>
    private protected bool IsTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>Warns where nothing was found because the services, or those of the types, that are asked about were never read.</summary>
    private protected void WarnOfUnread(HarvestScope scope, NameFilter? types = null) => WarnOfUnread(
        scope.Services.Among(KnownNames.AllServices)
        ?? types?.Among(ModuleFolder.Catalog.All.SelectMany(service => service.Resources).Select(resource => resource.Type))?.Select(KnownNames.ServiceOfType).OfType<string>()
        ?? []);

    /// <summary>A filter by the names of a parameter: patterns may be typed, while the names that the pipeline brings are meant as they are.</summary>
    private protected NameFilter Filter(string parameter, string[]? names) => IsTyped(parameter) ? new NameFilter(names) : NameFilter.OfExactly(names);

    // A file of benchmarks leaves the place empty where all are counted together.
    private void ForgetEmptyPlaces(PipelineItem? input)
    {
        if (input is { Value: PSObject } && (input.Is<PostureBenchmark>() || input.Is<PostureRequirement>()))
        {
            Account = IsTyped(nameof(Account)) || Account?.All(name => name.Length == 0) == false ? Account : null;
            Region = IsTyped(nameof(Region)) || Region?.All(name => name.Length == 0) == false ? Region : null;
        }
    }

    // A row that none of the parameters takes anything of would ask for all that was harvested.
    private void RefuseSilent(PipelineItem? input)
    {
        if (input is { Kind: null } && !MyInvocation.BoundParameters.Any(given => !IsTyped(given.Key) && given.Value is string[] names && names.Any(name => name is { Length: > 0 })))
        {
            throw new UnknownNameException("InputNotTaken", "row", $"The row says nothing that {MyInvocation.MyCommand.Name} can look for. It takes rows with the names of its parameters, such as AccountId, Region or Service, and {string.Join(", ", Joins.Select(type => type.Name).OrderBy(name => name, StringComparer.Ordinal))}.");
        }
    }

    private string? CheckedHarvest(string? id)
    {
        if (id is null)
        {
            return null;
        }

        PostureLake.CheckId(id);
        var lake = OpenLake();
        return lake.FindHarvest(id) is not null
            ? id
            : throw UnknownNameException.Among("Harvest", id, lake.Harvests().Select(harvest => harvest.HarvestId), $"Get-PostureHarvest lists those in '{lake.Path}'.");
    }

    private NameFilter CheckedAccounts(NameFilter accounts)
    {
        if (accounts.ExactNames.Contains(""))
        {
            throw new UnknownNameException("AccountNotFound", "", "The object names no account: its AccountId is empty.");
        }

        if (!_knownAccounts.IsSupersetOf(accounts.ExactNames))
        {
            accounts.RefuseUnknownAccounts(OpenLake());
            _knownAccounts.UnionWith(accounts.ExactNames);
        }

        return accounts;
    }

    private NameFilter CheckedConnections(NameFilter connections)
    {
        if (!_knownConnections.IsSupersetOf(connections.ExactNames))
        {
            var known = ConnectionCompleter.Names.Concat(OpenLake().LatestAccounts().Select(account => account.Connection));
            connections.RefuseUnknown("Connection", [.. known], "Get-PostureConnection lists the connections.");
            _knownConnections.UnionWith(connections.ExactNames);
        }

        return connections;
    }
}
