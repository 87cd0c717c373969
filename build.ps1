<#
.SYNOPSIS
    Builds, tests, analyzes, packs and installs CloudPosture. Runs in Windows PowerShell 5.1 and PowerShell 7.
.DESCRIPTION
    Each task is a plain command as well:
      Build    dotnet build CloudPosture.sln
      Test     dotnet test CloudPosture.sln, which runs the Pester tests too
      Analyze  dotnet format CloudPosture.sln --verify-no-changes, then Invoke-ScriptAnalyzer
      Pack     dotnet run --project src/CloudPosture.ModuleBuilder -- pack . out [<ProjectUri>]
      Install  copies out/CloudPosture to the user's module folder, or to -Destination
.EXAMPLE
    ./build.ps1 -Task Build, Test
.EXAMPLE
    ./build.ps1 -Task Pack, Install -Configuration Release
.EXAMPLE
    ./build.ps1 -Task Pack -ProjectUri https://example.com/team/cloudposture/tree/main
#>
[CmdletBinding()]
param(
    # Build, Test, Analyze, Pack, Install. As -File hands a list over as one text, commas within a text part it too.
    [ValidatePattern('^\s*(Build|Test|Analyze|Pack|Install)(\s*,\s*(Build|Test|Analyze|Pack|Install))*\s*$')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Where Install puts the module: the user's own module folder, unless told.
    [string] $Destination = ($env:PSModulePath -split [System.IO.Path]::PathSeparator)[0],

    # Where the repository's files are read, as https://example.com/team/cloudposture/tree/main. Pack writes it into the manifest,
    # and Get-Help -Online opens the cmdlet's page in module/help there.
    [string] $ProjectUri
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$solution = Join-Path $root 'CloudPosture.sln'
$output = Join-Path $root 'out'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE."
    }
}

function Test-HasModule([string] $Name, [version] $Version) {
    [bool](Get-Module -Name $Name -ListAvailable | Where-Object Version -GE $Version)
}

function Invoke-Build {
    Invoke-DotNet build $solution -c $Configuration --nologo
}

function Invoke-Test {
    Invoke-DotNet test $solution -c $Configuration --nologo
}

function Invoke-Analyze {
    Invoke-DotNet format $solution --verify-no-changes
    if (-not (Test-HasModule PSScriptAnalyzer 1.20)) {
        Write-Warning 'The scripts were not analyzed: Install-Module PSScriptAnalyzer'
        return
    }

    $scripts = Get-ChildItem -Path $root -Recurse -Include *.ps1, *.psm1, *.psd1 | Where-Object FullName -NotMatch '[\\/](bin|obj|out|node_modules)[\\/]'
    $found = @($scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings (Join-Path $root 'tests/PSScriptAnalyzerSettings.psd1') })
    if ($found) {
        $found | Format-Table -Property ScriptName, Line, RuleName, Message -AutoSize | Out-String | Write-Warning
        throw "PSScriptAnalyzer found $($found.Count) problems."
    }
}

function Invoke-Pack {
    # What an earlier build of other sources or another configuration left must not get into the package.
    Remove-Item -Path (Join-Path $root 'module/bin') -Recurse -Force -ErrorAction Ignore
    Invoke-DotNet build $solution -c $Configuration --nologo --no-incremental '-p:ContinuousIntegrationBuild=true'
    Invoke-DotNet run --project (Join-Path $root 'src/CloudPosture.ModuleBuilder') -c $Configuration --no-build -- pack $root $output @(if ($ProjectUri) { $ProjectUri })
}

function Invoke-Install {
    $built = Join-Path $output 'CloudPosture'
    if (-not (Test-Path -Path $built)) {
        throw "There is no package in '$output'. Run ./build.ps1 -Task Pack, Install"
    }

    New-Item -Path $Destination -ItemType Directory -Force | Out-Null
    Copy-Item -Path $built -Destination $Destination -Recurse -Force
    Write-Output "Installed in $(Join-Path $Destination 'CloudPosture'). Import-Module CloudPosture"
}

foreach ($name in $Task -split ',') {
    & "Invoke-$($name.Trim())"
}
