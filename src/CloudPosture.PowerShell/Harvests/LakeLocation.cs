using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using CloudPosture.Connections;
using CloudPosture.Lake;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Where the lake is: the parameter, else the environment, else the configuration folder.</summary>
internal static class LakeLocation
{
    private const string Variable = "CLOUDPOSTURE_LAKE";

    public static string Default =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : Path.Combine(ConnectionStore.DefaultFolder, "lake");

    public static PostureLake Open(PSCmdlet cmdlet, string? path) =>
        PostureLake.Open(path is { Length: > 0 } ? cmdlet.Resolve(path) : Default);

    /// <summary>The lake of a command line that is still being typed.</summary>
    public static string Of(IDictionary boundParameters) => boundParameters["LakePath"] as string ?? Default;
}
