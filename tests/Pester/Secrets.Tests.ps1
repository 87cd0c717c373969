#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'No secret is shown or kept' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox
        $id, $secret = $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY
        $planted = 'planted+secret/of+nobody+0123456789abcdef'
        Remove-Item -Path env:AWS_ACCESS_KEY_ID, env:AWS_SECRET_ACCESS_KEY
        $role = "arn:aws:iam::$($sandbox.Management):role/$($sandbox.Role)"
        "[good]`naws_access_key_id = $id`naws_secret_access_key = $secret`n[bad]`naws_access_key_id = AKIAPLANTED000000000`naws_secret_access_key = $planted`naws_session_token = $planted`n[broken`naws_secret_access_key = $planted" |
            Set-Content -LiteralPath $env:AWS_SHARED_CREDENTIALS_FILE
        $answer = Join-Path $TestDrive 'answer.json'
        @{ Version = 1; AccessKeyId = $id; SecretAccessKey = $secret } | ConvertTo-Json | Set-Content -LiteralPath $answer
        $show = if ($IsWindows) { 'cmd /c type' } else { 'cat' }
        "[profile process]`ncredential_process = $show $answer`n[profile failing]`ncredential_process = $show $(Join-Path $TestDrive 'nothing') $planted" |
            Set-Content -LiteralPath $env:AWS_CONFIG_FILE

        # Everything that anybody at the prompt, in a log or behind an error could read.
        function Get-Everything([scriptblock] $Command) {
            $global:Error.Clear()
            $transcript = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
            Start-Transcript -LiteralPath $transcript | Out-Null
            try {
                $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
                & $Command *>&1 | ForEach-Object { $_; if ($_ -is [System.Management.Automation.ErrorRecord]) { $_.Exception.ToString(); $_ | Format-List -Property * -Force } } |
                    Out-String -Width 4096
            }
            catch { $_ | Format-List -Property * -Force | Out-String -Width 4096; $_.Exception.ToString() }
            finally { Stop-Transcript | Out-Null }

            $global:Error | ForEach-Object { $_ | Format-List -Property * -Force; $_.Exception } | Out-String -Width 4096
            Get-Content -LiteralPath $transcript -Raw
            Get-ChildItem -LiteralPath $env:CLOUDPOSTURE_HOME -Recurse -File -Force -ErrorAction SilentlyContinue | Where-Object Extension -NE '.gz' | Get-Content -Raw
            Get-PostureResource | ConvertTo-Json -Depth 20 -WarningAction SilentlyContinue
            if ($IsLinux) { Get-Content -LiteralPath "/proc/$PID/cmdline" -Raw }
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'with <Way>' -ForEach @(
        @{ Way = 'keys as parameters'; Given = { @{ AccessKey = $id; SecretKey = $secret } } }
        @{ Way = 'a profile'; Given = { @{ ProfileName = 'good' } } }
        @{ Way = 'a credential_process'; Given = { @{ ProfileName = 'process' } } }
        @{ Way = 'the environment'; Given = { $env:AWS_ACCESS_KEY_ID = $id; $env:AWS_SECRET_ACCESS_KEY = $secret; @{ CredentialSource = 'Environment' } } }
    ) {
        $credentials = & $Given
        try {
            $text = (Get-Everything {
                    New-PostureConnection -Name secret -Force -RoleArn $role -ExternalId $sandbox.ExternalId @credentials
                    Test-PostureConnection secret
                    Invoke-PostureHarvest secret -Service s3
                    Set-PostureConnection secret -ExternalId wrong-one
                    # A connection made just now is waited for.
                    $file = Join-Path $env:CLOUDPOSTURE_HOME 'connections.json'
                    (Get-Content -LiteralPath $file -Raw) -replace '"created": "20', '"created": "19' | Set-Content -LiteralPath $file
                    Test-PostureConnection secret
                    Invoke-PostureHarvest secret -Service s3
                }) -join "`n"
        }
        finally {
            Remove-Item -Path env:AWS_ACCESS_KEY_ID, env:AWS_SECRET_ACCESS_KEY -ErrorAction Ignore
        }

        $text | Should -Match 'Using |Complete'
        $text.Contains($secret) | Should -BeFalse
    }

    It 'with <Way>, which AWS or we refuse' -ForEach @(
        @{ Way = 'keys nobody knows'; Given = { @{ AccessKey = 'AKIAPLANTED000000000'; SecretKey = $planted; SessionToken = $planted } } }
        @{ Way = 'a profile nobody knows'; Given = { @{ ProfileName = 'bad' } } }
        @{ Way = 'a credential_process that fails'; Given = { @{ ProfileName = 'failing' } } }
        @{ Way = 'a file that is broken'; Given = { @{ ProfileName = 'broken' } } }
    ) {
        $credentials = & $Given
        $text = (Get-Everything {
                New-PostureConnection -Name planted -Force -RoleArn $role @credentials
                Test-PostureConnection planted
                Invoke-PostureHarvest planted -Service s3
                Get-PostureRole * @credentials
            }) -join "`n"
        $text | Should -Match 'Failed|Exception'
        $text.Contains($planted) | Should -BeFalse
    }
}
