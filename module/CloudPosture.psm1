# The cmdlets are compiled; this file only chooses the build for the running edition and loads it.
# PowerShell 7 gets a load context of its own for our dependencies, Windows PowerShell a resolver limited to them.

$importModule = Get-Command -Name Import-Module -CommandType Cmdlet -Module Microsoft.PowerShell.Core
$assemblyName = 'CloudPosture.PowerShell'
$folder = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }))

if (-not [System.IO.File]::Exists([System.IO.Path]::Combine($folder, "$assemblyName.dll"))) {
    throw "The compiled part of CloudPosture is missing from '$folder'. In a clone of the repository run: dotnet build CloudPosture.sln"
}

if ($PSEdition -eq 'Core') {
    $loader = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($folder, 'CloudPosture.Loader.dll'))
    $assembly = $loader.GetType('CloudPosture.Loader.ModuleLoadContext').GetMethod('LoadModule').Invoke($null, @($folder, $assemblyName))
    $cmdlets = & $importModule -Assembly $assembly -PassThru -ErrorAction Stop
}
else {
    $cmdlets = & $importModule -Name ([System.IO.Path]::Combine($folder, "$assemblyName.dll")) -PassThru -ErrorAction Stop
}

# A second Import-Module -Force finds the assembly cached and leaves the new module without exports
# (https://github.com/PowerShell/PowerShell/issues/20710): hand them over once more.
$module = $ExecutionContext.SessionState.Module
if ($module.ExportedCmdlets.Count -eq 0) {
    $addExportedCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) {
        $addExportedCmdlet.Invoke($module, @(, $cmdlet))
    }
}
