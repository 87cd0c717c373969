<#
.SYNOPSIS
    Opens a prompt with an AWS of our own behind it: it runs on a loopback port, and the connection to its organization is made.
.DESCRIPTION
    Everything that is written goes to a temporary folder that is removed at the end. Meant to be dot-sourced by the prompt.
#>
param(
    [ValidateRange(2, 100)]
    [int] $Accounts = 4,

    [ValidateRange(1, 17)]
    [int] $Regions = 3,

    # The compiled sandbox.
    [Parameter(Mandatory)]
    [string] $Assembly
)

$ErrorActionPreference = 'Stop'
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "cloudposture-$([guid]::NewGuid().ToString('N'))"
$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
foreach ($argument in $Assembly, 'serve', '--accounts', $Accounts, '--regions', $Regions, '--attached', '--folder', $folder) {
    $start.ArgumentList.Add($argument)
}

# The sandbox ends with its standard input, so also when this window is closed.
$start.RedirectStandardInput = $start.RedirectStandardOutput = $true
$process = [System.Diagnostics.Process]::Start($start)
do { $line = $process.StandardOutput.ReadLine() } until ($null -eq $line -or $line -match 'worth nothing outside')
if ($null -eq $line) {
    throw 'The sandbox did not start.'
}

# Nobody reads on, and a full pipe would halt it.
$null = $process.StandardOutput.BaseStream.CopyToAsync([System.IO.Stream]::Null)
Get-ChildItem -Path env:AWS_*, env:CLOUDPOSTURE_* | Remove-Item
$env:AWS_CONFIG_FILE = Join-Path $folder 'config'
$env:AWS_SHARED_CREDENTIALS_FILE = Join-Path $folder 'credentials'
$env:AWS_EC2_METADATA_DISABLED = 'true'
$env:AWS_PROFILE = 'reader'
$env:CLOUDPOSTURE_HOME = Join-Path $folder 'home'
$null = Register-EngineEvent -SourceIdentifier PowerShell.Exiting -MessageData @{ Process = $process; Folder = $folder } -Action {
    $Event.MessageData.Process.StandardInput.Close()
    $null = $Event.MessageData.Process.WaitForExit(5000)
    Remove-Item -LiteralPath $Event.MessageData.Folder -Recurse -Force -ErrorAction Ignore
}

Import-Module CloudPosture
$sandbox = Get-Content -LiteralPath (Join-Path $folder 'sandbox.json') -Raw | ConvertFrom-Json
$sandbox | Add-Member -NotePropertyMembers @{ Messages = Join-Path $folder 'messages.jsonl'; Planted = Join-Path $folder 'planted.csv' }
$null = New-PostureConnection -Name org -MemberRole $sandbox.MemberRole -ExternalId $sandbox.ExternalId -ProfileName reader

<#
.SYNOPSIS
    Shows what can be tried in the sandbox.
#>
function Show-Tour {
    $hub = $sandbox.Accounts[0]
    $member = $sandbox.Accounts[1]
    @"
An AWS of our own at $($sandbox.EndpointUrl): $($sandbox.Accounts.Count) accounts in $($sandbox.Regions.Count) Regions, with faults planted. Nothing leaves this machine.
The connection 'org' reads all of them. Try:

  Invoke-PostureHarvest
  Get-PostureFinding -Status Fail -Severity Critical
  Get-PostureRule S3.<Tab>
  Get-PostureBenchmark
  Compare-Object (Import-Csv `$sandbox.Planted) (Get-PostureFinding -Status Fail) -Property AccountId, Region, RuleId, ResourceId

Onboard an account by itself. The profile '$($member.Name)' is that of its administrator, as in every account:

  New-PostureRole -HubAccountId $($hub.Id) -ProfileName $($member.Name) | New-PostureConnection -Name second -ProfileName reader | Test-PostureConnection

Ask an account's owner for rights, be the owner who approves, and take in the answer:

  `$request = Send-DelegationRequest -Nickname delegated -OwnerAccountId $($hub.Id) -RoleName Delegated -PolicyTemplateArn $($sandbox.PolicyTemplateArn) -NotificationTopicArn arn:aws:sns:us-east-1:$($hub.Id):delegation -Parameter @{ RoleName = 'Delegated' } -ProfileName $($hub.Name)
  `$request | Approve-DelegationRequest -ProfileName $($hub.Name)
  Get-Content `$sandbox.Messages | Receive-DelegationNotification | Select-Object -Last 1 | Complete-DelegationRequest -ProfileName $($hub.Name) | Invoke-PostureHarvest

Show-Tour prints this again; exit ends it all.
"@
}

$ErrorActionPreference = 'Continue'
Show-Tour
