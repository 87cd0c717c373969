using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using CloudPosture.Connections;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Where the lake is: the parameter, else the environment, else the configuration folder.</summary>
internal static class LakeLocation
{
    private const string Variable = "CLOUDPOSTURE_LAKE";

    public static string Default =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : Path.Combine(ConnectionStore.DefaultFolder, "lake");

    public static PostureLake Open(PSCmdlet cmdlet, string? path) =>
        PostureLake.Open(path is { Length: > 0 } ? cmdlet.Resolve(path) : Default);

    /// <summary>The harvests of a lake that must hold some: without, all would seem well.</summary>
    /// <exception cref="UnknownNameException">It holds none.</exception>
    public static IReadOnlyList<HarvestInfo> RefuseEmpty(PostureLake lake) => lake.Harvests() is { Count: > 0 } harvests
        ? harvests
        : throw new UnknownNameException("HarvestNotFound", lake.Path, $"There is no harvest in '{lake.Path}'. Invoke-PostureHarvest makes one, and -LakePath names another lake.");

    /// <summary>The lake of a command line that is still being typed.</summary>
    public static string Of(IDictionary boundParameters) => boundParameters["LakePath"] as string ?? Default;
}
