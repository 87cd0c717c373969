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

Describe 'Connections made of the profiles of AWS''s own tools' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 6 -Regions 1
        "[named]`naws_access_key_id = $env:AWS_ACCESS_KEY_ID`naws_secret_access_key = $env:AWS_SECRET_ACCESS_KEY" | Set-Content -LiteralPath $env:AWS_SHARED_CREDENTIALS_FILE
        $profiles = Join-Path $TestDrive 'profiles'
        function Set-Profiles([string[]] $Names) {
            $Names | ForEach-Object { "[profile $_]", 'role_arn = arn:aws:iam::111122223333:role/Reader', 'source_profile = base' } | Set-Content -LiteralPath $profiles
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    BeforeEach {
        Get-PostureConnection | Remove-PostureConnection
    }

    It 'goes on where it left, and renews by force what the source says and no more' {
        Set-Profiles spoke, other
        Import-PostureConnection -Path $profiles | Out-Null
        Set-PostureConnection spoke -Region eu-west-1 -Note mine -AccountName old -NewName renamed
        Disable-PostureConnection renamed
        Set-Profiles spoke, other, third
        $said = Import-PostureConnection -Path $profiles -Verbose 4>&1
        ($said | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Name | Should -Be 'third'
        ($said | Out-String) | Should -Match '1 connections were made, 0 renewed, and 2 were there already'
        (Import-PostureConnection -Path $profiles -Force).Count | Should -Be 3
        $renamed = Get-PostureConnection renamed
        $renamed.Enabled, $renamed.Regions, $renamed.Notes, $renamed.AccountName | Should -Be $false, 'eu-west-1', 'mine', 'spoke'
    }

    It 'leaves a stranger of the same name alone, and says so' {
        Set-Profiles spoke, other
        New-PostureConnection spoke -ProfileName named | Out-Null
        (Import-PostureConnection -Path $profiles -WarningVariable warned -WarningAction SilentlyContinue).Name | Should -Be 'other'
        $warned | Should -Match "'spoke' of account 111122223333 is left out"
        (Get-PostureConnection spoke).ProfileName | Should -Be 'named'
    }

    It 'says what it cannot import' {
        '[profile bad]', 'role_arn = arn:aws:iam::1:role/x', 'source_profile = base', '[profile good]', 'role_arn = arn:aws:iam::111122223333:role/x', 'source_profile = base' | Set-Content -LiteralPath $profiles
        (Import-PostureConnection -Path $profiles -WarningVariable warned -WarningAction SilentlyContinue).Name | Should -Be 'good'
        $warned | Should -Match "'bad'.+arn:aws:iam::1:role/x"
        { Import-PostureConnection -Path $profiles -Name goood -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Throw "*'goood'*good*" -ErrorId 'ConnectionNotFound*'
        Import-PostureConnection -Path $profiles -Name none* -WarningVariable warned -WarningAction SilentlyContinue
        $warned[-1] | Should -Match 'None of the 1'
    }

    It 'takes role, units and accounts of its own for an organization' {
        New-PostureConnection hub -CredentialSource Default -Note 'to one account' | Out-Null
        $imported = Import-PostureConnection -Organization hub -MemberRole $sandbox.Role -ExternalId $sandbox.ExternalId -ExcludeManagementAccount -Region us-east-1
        $imported.Count | Should -Be 5
        $imported[0] | Test-PostureConnection -Quiet | Should -BeTrue
        $imported | Remove-PostureConnection
        @(Import-PostureConnection -Organization hub -MemberRole $sandbox.Role -ExternalId $sandbox.ExternalId -ExcludeAccount $imported[0].AccountId).Count | Should -Be 5
        { Import-PostureConnection -Organization hub -MemberRole $sandbox.Role -OrganizationalUnitId ou-zzzz-zzzzzzzz -ErrorAction Stop } | Should -Throw '*ou-zzzz-zzzzzzzz*'
    }
}
