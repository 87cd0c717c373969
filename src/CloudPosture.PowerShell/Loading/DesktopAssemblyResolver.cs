#if NETFRAMEWORK
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace CloudPosture.PowerShell.Loading;

/// <summary>
/// Windows PowerShell has no load contexts and reads no binding redirects of ours: while the module is imported, requests
/// for its own dependencies, and for these alone, are answered from its folder.
/// </summary>
public sealed class DesktopAssemblyResolver : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string Sdk = "AWSSDK.Core";

    private static readonly string Folder = Path.GetDirectoryName(typeof(DesktopAssemblyResolver).Assembly.Location)!;

    private static readonly HashSet<string> Dependencies = new(StringComparer.OrdinalIgnoreCase)
    {
        "CloudPosture.Core",
        Sdk,
        "AWSSDK.SecurityToken",
        "AWSSDK.SSO",
        "AWSSDK.SSOOIDC",
        "BouncyCastle.Cryptography",
        "MailKit",
        "Microsoft.Bcl.AsyncInterfaces",
        "Microsoft.Bcl.Memory",
        "Microsoft.Bcl.TimeProvider",
        "MimeKit",
        "SpreadCheetah",
        "System.Buffers",
        "System.Formats.Asn1",
        "System.IO.Pipelines",
        "System.Memory",
        "System.Numerics.Vectors",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Text.Encodings.Web",
        "System.Text.Json",
        "System.Threading.Tasks.Extensions",
        "YamlDotNet",
    };

    /// <inheritdoc/>
    /// <exception cref="FileLoadException">The session has an AWSSDK.Core that the module cannot work with.</exception>
    public void OnImport()
    {
        RefuseUnfitSdk();
        AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        var name = new AssemblyName(request.Name);
        if (!Dependencies.Contains(name.Name))
        {
            return null;
        }

        var path = Path.Combine(Folder, name.Name + ".dll");
        return File.Exists(path) && AssemblyName.GetAssemblyName(path).Version >= name.Version ? Assembly.LoadFrom(path) : null;
    }

    // All builds of AWSSDK.Core 4 share one assembly identity, so the first one loaded serves everybody.
    private static void RefuseUnfitSdk()
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == Sdk);
        if (loaded is null)
        {
            return;
        }

        var path = Path.Combine(Folder, Sdk + ".dll");
        var (theirs, ours) = (FileVersion(loaded.Location), FileVersion(path));
        if (theirs.Major != ours.Major || theirs < ours)
        {
            throw new FileLoadException(
                $"CloudPosture needs {Sdk} {ours} or a later {ours.Major}.x ('{path}'), and this session has already loaded {theirs} from "
                + $"'{loaded.Location}'. Start a new session and import CloudPosture first, or update the module that brought the other one.");
        }
    }

    private static Version FileVersion(string path)
    {
        var info = FileVersionInfo.GetVersionInfo(path);
        return new Version(info.FileMajorPart, info.FileMinorPart, info.FileBuildPart, info.FilePrivatePart);
    }
}
#endif
