<#
.SYNOPSIS
    Runs Pester test files and writes what they came to. The exit code is 0 where all passed.
.DESCRIPTION
    Works in every PowerShell that the module works in. Pester comes from -PesterPath where it is given.
.EXAMPLE
    ./tests/Pester/Invoke-Tests.ps1 -Path ./tests/Pester/Harvest.Tests.ps1
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot,

    # Where the results go, as NUnit 2.5 XML.
    [string] $ResultPath,

    # The manifest of Pester, where it is not among the shell's modules.
    [string] $PesterPath = 'Pester',

    # Full names of tests, with wildcards.
    [string[]] $FullName = @()
)

$ErrorActionPreference = 'Stop'
Import-Module $PesterPath -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Filter.FullName = $FullName
$configuration.Output.Verbosity = 'Detailed'
if ($ResultPath) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = $ResultPath
    $configuration.TestResult.OutputFormat = 'NUnitXml'
}

$before = @(Get-ChildItem -Path env:).Name
$run = Invoke-Pester -Configuration $configuration
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
$changed = Compare-Object $before @(Get-ChildItem -Path env:).Name
if ($changed) {
    Write-Output "These variables of the environment were left changed: $($changed.InputObject -join ', ')"
    $failed++
}

if ($run.PassedCount + $run.SkippedCount -eq 0) {
    Write-Output 'No test was run.'
    $failed++
}

exit [math]::Min($failed, 100)
