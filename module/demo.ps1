<#
.SYNOPSIS
    Shows the main job at the prompt: an AWS of our own is connected, harvested and assessed, and its findings are looked at.
.DESCRIPTION
    Needs a build (dotnet build CloudPosture.sln) and nothing else: the sandbox answers on a loopback port, and what is
    written goes to a temporary folder that is removed at the end. Every command is shown before its output.
.EXAMPLE
    ./module/demo.ps1
.EXAMPLE
    ./module/demo.ps1 -AsMarkdown | Set-Content ./module/docs/walkthrough.md
    Writes the walkthrough of the documentation.
#>
[CmdletBinding()]
param(
    [switch] $AsMarkdown
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = Split-Path -Path $PSScriptRoot
$steps = @(
    @{ Say = 'One connection leads to every account of the organization: its own credentials list the accounts, and each is entered by the role of this name.'
        Do = 'New-PostureConnection -Name org -MemberRole $role -ExternalId $externalId | Format-List Name, Kind, MemberRole, Credentials' }
    @{ Say = 'Does it work? Each check says how it went; here is what deserves a look.'
        Do = 'Test-PostureConnection org -Detail | Group-Object Status -NoElement | Sort-Object Name | Format-Table Name, Count' }
    @{ Say = 'The harvest reads the configuration over HTTP, signed as for AWS, and assesses each account as it is done.'
        Do = '$harvest = Invoke-PostureHarvest -Connection org -QuotaShare 1; $harvest | Sort-Object AccountName | Format-Table AccountName, Status, Resources, Gaps, Passed, Failed, Critical, High' }
    @{ Say = 'What is wrong, and matters most?'
        Do = 'Get-PostureFinding -Status Fail -Severity Critical | Sort-Object RuleId, AccountName, ResourceId | Select-Object -First 12 | Format-Table RuleId, ResourceName, Region, AccountName' }
    @{ Say = 'Which rules fail most often?'
        Do = 'Get-PostureFinding -Status Fail | Group-Object RuleId -NoElement | Sort-Object @{ Expression = "Count"; Descending = $true }, Name | Select-Object -First 8 | Format-Table Name, Count' }
    @{ Say = 'Why is it wrong? A finding says what decided; its rule says how to put it right.'
        Do = 'Get-PostureFinding -Rule S3.BucketPublicPolicy -Status Fail | Sort-Object ResourceId | Select-Object -First 1 | Format-List RuleId, Title, ResourceArn, Evidence' }
    @{ Say = ''
        Do = '(Get-PostureRule S3.BucketPublicPolicy).RemediationPowerShell' }
    @{ Say = 'How do the accounts stand against a benchmark?'
        Do = 'Get-PostureBenchmark cis-aws-foundations-7.0.0 | Format-Table Requirements, Passed, Failed, NotAssessed, Manual' }
    @{ Say = 'Everything that was read is there as the AWS CLI would print it.'
        Do = 'Get-PostureResource AWS::EC2::Volume | Where-Object { -not $_.Configuration.Encrypted } | Sort-Object ResourceId | Select-Object -First 3 | Format-Table ResourceId, Region, @{ Name = "GiB"; Expression = { $_.Configuration.Size } }' }
)

$assembly = Get-ChildItem -Path "$root/src/CloudPosture.Sandbox/bin/*/net10.0/CloudPosture.Sandbox.dll" | Sort-Object -Property LastWriteTime | Select-Object -Last 1
if (-not $assembly) {
    throw 'The sandbox is not built. Run: dotnet build CloudPosture.sln'
}

$start = New-Object -TypeName System.Diagnostics.ProcessStartInfo -ArgumentList 'dotnet'
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "cloudposture-$([guid]::NewGuid().ToString('N'))"
$start.Arguments = "`"$($assembly.FullName)`" serve --accounts 3 --regions 3 --attached --folder `"$folder`""
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$start.UseShellExecute = $false
$sandbox = [System.Diagnostics.Process]::Start($start)
$before = @{ CLOUDPOSTURE_HOME = $env:CLOUDPOSTURE_HOME; CLOUDPOSTURE_LAKE = $env:CLOUDPOSTURE_LAKE }
try {
    $greeting = ''
    while ($greeting -notmatch 'worth nothing outside' -and $null -ne ($line = $sandbox.StandardOutput.ReadLine())) {
        $greeting += "$line`n"
    }

    foreach ($variable in [regex]::Matches($greeting, "\`$env:(\w+) = '([^']+)'")) {
        $before[$variable.Groups[1].Value] = [Environment]::GetEnvironmentVariable($variable.Groups[1].Value)
        [Environment]::SetEnvironmentVariable($variable.Groups[1].Value, $variable.Groups[2].Value)
    }

    $env:CLOUDPOSTURE_HOME = $folder
    $env:CLOUDPOSTURE_LAKE = $null
    $role = [regex]::Match($greeting, 'role (\S+) in every').Groups[1].Value
    $externalId = [regex]::Match($greeting, 'external ID (\S+)').Groups[1].Value
    Import-Module "$root/CloudPosture.psd1"

    if ($AsMarkdown) {
        '# A walkthrough'
        ''
        'What `./module/demo.ps1` shows: the sandbox''s organization of three accounts, from connecting to findings. A test runs it again and compares.'
    }

    Write-Verbose "`$role is '$role', `$externalId is '$externalId'."
    foreach ($step in $steps) {
        $fence = if ($AsMarkdown) { '```' }
        $shown = (. ([scriptblock]::Create($step.Do)) | Out-String -Width 120) -split '\r?\n' | ForEach-Object { ($_ -replace '\x1b\[[0-9;]*m').TrimEnd() }
        @($(if ($step.Say) { '', $step.Say }), '', $(if ($fence) { "${fence}text" }), "PS> $($step.Do)", ($shown -join "`n").Trim("`n"), $fence) |
            ForEach-Object { $_ } | Where-Object { $null -ne $_ }
    }

    if (-not $AsMarkdown) {
        $found = @(Get-PostureFinding -Status Fail | Select-Object -Property AccountId, Region, RuleId, ResourceId)
        $list = Join-Path $folder 'planted.csv'
        while (-not (Test-Path $list) -and -not $sandbox.HasExited) {
            Start-Sleep -Milliseconds 50
        }

        $planted = @(Import-Csv -Path $list)
        $differences = @(Compare-Object $planted $found -Property AccountId, Region, RuleId, ResourceId)
        $differences | Format-Table -Property SideIndicator, RuleId, ResourceId, AccountId, Region | Out-String
        "$($found.Count) findings; $($planted.Count) faults planted: $(if ($differences) { "$($differences.Count) differences" } else { 'exactly those' })."
        if ($differences) {
            throw 'What was found is not what was planted.'
        }
    }
}
finally {
    $sandbox.Kill()
    $sandbox.WaitForExit()
    foreach ($name in $before.Keys) {
        if ($null -eq $before[$name]) {
            # A method would take null for an empty text, and leave an empty variable.
            Remove-Item -Path "env:$name" -ErrorAction Ignore
        }
        else {
            Set-Item -Path "env:$name" -Value $before[$name]
        }
    }

    Remove-Item -Path $folder -Recurse -Force -ErrorAction Ignore
}
