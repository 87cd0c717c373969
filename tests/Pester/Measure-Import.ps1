<#
.SYNOPSIS
    Measures what importing the module adds to the start of a shell, and what takes the time. Medians of fresh processes.
.EXAMPLE
    ./build.ps1 -Task Pack; pwsh -NoProfile ./tests/Pester/Measure-Import.ps1 -Manifest (Resolve-Path ./out/CloudPosture/*/CloudPosture.psd1)
#>
[CmdletBinding()]
param(
    [string] $Manifest = "$PSScriptRoot/../../CloudPosture.psd1",
    [ValidateRange(1, 1000)]
    [int] $Count = 15
)

$Manifest = (Resolve-Path -Path $Manifest).Path
$module = Join-Path (Split-Path $Manifest) 'module'
$shell = (Get-Process -Id $PID).Path
$folder = Join-Path $module "bin/$(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' })"

function Get-Median([double[]] $Value) {
    ($Value | Sort-Object)[[int][math]::Floor($Value.Count / 2)]
}

function Measure-Shell([string] $Command) {
    (Measure-Command { & $shell -NoProfile -NonInteractive -Command "$Command; exit" }).TotalMilliseconds
}

function Measure-Within([string] $Command) {
    [double](& $shell -NoProfile -NonInteractive -Command "`$watch = [Diagnostics.Stopwatch]::StartNew(); $Command; `$watch.Elapsed.TotalMilliseconds")
}

$parts = [ordered]@{
    'The cmdlets, alone'     = "`$null = Import-Module '$folder/CloudPosture.PowerShell.dll'"
    'The format views, alone' = "Update-FormatData '$module/CloudPosture.format.ps1xml'"
    'The module'             = "Import-Module '$Manifest'"
}

# Taken in turns, so that a change of the machine's load meets both alike.
$runs = foreach ($run in 0..$Count) {
    [pscustomobject]@{ Bare = Measure-Shell '$null'; Module = Measure-Shell "Import-Module '$Manifest'" }
}

$bare = Get-Median ($runs | Select-Object -Skip 1).Bare
$whole = Get-Median ($runs | Select-Object -Skip 1).Module
[pscustomobject]@{ What = 'Bare shell, whole process'; Milliseconds = [int] $bare }
[pscustomobject]@{ What = 'With the module, whole process'; Milliseconds = [int] $whole }
[pscustomobject]@{ What = 'Added'; Milliseconds = [int]($whole - $bare) }
foreach ($part in $parts.Keys) {
    [pscustomobject]@{ What = "$part, within the process"; Milliseconds = [int](Get-Median (1..$Count | ForEach-Object { Measure-Within $parts[$part] })) }
}
