#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# AWS.Tools.Common loads its own AWSSDK.Core where every module sees it. A module that does the same stands for it here,
# with a build of the SDK that is not ours.
BeforeAll {
    $ours = [Diagnostics.FileVersionInfo]::GetVersionInfo("$PSScriptRoot/../../module/bin/net8.0/AWSSDK.Core.dll").FileVersion
    $packages = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { Join-Path ([Environment]::GetFolderPath('UserProfile')) '.nuget/packages' }
    $other = Get-ChildItem -Path "$packages/awssdk.core/4.*/lib/net8.0/AWSSDK.Core.dll" -ErrorAction Ignore |
        Where-Object { $_.VersionInfo.FileVersion -ne $ours } | Select-Object -First 1
}

Describe 'Beside AWS.Tools' -Skip:($PSEdition -ne 'Core') {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'harvests when <Name>' -ForEach @(
        @{ Name = 'the other SDK was loaded before'; First = 'tools', 'posture' }
        @{ Name = 'the other SDK is loaded after'; First = 'posture', 'tools' }
    ) {
        $other | Should -Not -BeNullOrEmpty -Because 'CloudPosture.PowerShell.Tests brings another build of the SDK'
        $sdk = $other.FullName
        New-Item -Path "$TestDrive/FakeTools" -ItemType Directory -Force | Out-Null
        Copy-Item -Path $sdk -Destination "$TestDrive/FakeTools" -Force
        Set-Content -Path "$TestDrive/FakeTools/FakeTools.psm1" -Value 'Add-Type -Path "$PSScriptRoot/AWSSDK.Core.dll"'
        $import = @{ tools = "Import-Module '$TestDrive/FakeTools/FakeTools.psm1'"; posture = "Import-Module '$((Resolve-Path "$PSScriptRoot/../../CloudPosture.psd1").Path)'" }
        $script = @"
            `$ErrorActionPreference = 'Stop'
            $($import[$First[0]]); $($import[$First[1]])
            `$StoredAWSCredentials = [Amazon.Runtime.BasicAWSCredentials]::new('$env:AWS_ACCESS_KEY_ID', '$env:AWS_SECRET_ACCESS_KEY')
            Remove-Item env:AWS_ACCESS_KEY_ID, env:AWS_SECRET_ACCESS_KEY
            "`$((Invoke-PostureHarvest -Service sts, s3).Status)"
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'AWSSDK.Core' } | ForEach-Object { [Diagnostics.FileVersionInfo]::GetVersionInfo(`$_.Location).FileVersion }
"@
        $answer = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script
        $answer[0] | Should -Be 'Complete'
        $answer[1..2] | Sort-Object | Should -Be ($ours, $other.VersionInfo.FileVersion | Sort-Object) -Because 'each has the one it came with'
        $answer.Count | Should -Be 3
    }
}
