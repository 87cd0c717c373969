#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'A harvest under load' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Planted -Accounts 3
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $manifest = (Resolve-Path "$PSScriptRoot/../../CloudPosture.psd1").Path
        $whole = Invoke-PostureHarvest -Connection org
        function Get-LakeContent {
            Get-PostureResource | Sort-Object ResourceArn, Region, ResourceType | ForEach-Object { "$($_.ResourceType) $($_.ResourceArn) $($_.Configuration | ConvertTo-Json -Depth 20 -Compress)" }
        }

        $expected = Get-LakeContent
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'tells of each account what it cost' {
        foreach ($account in $whole) {
            $account.Calls | Should -BeGreaterThan 100
            $account.Bytes | Should -BeGreaterThan 10000
            $account.Duration | Should -BeOfType [timespan]
            $account.Duration | Should -BeGreaterThan ([timespan]::Zero)
            $account.SlowestServices | Should -Match '^\w+ [\d.]+, \w+ [\d.]+, \w+ [\d.]+$'
            $account.Throttled, $account.Retried, $account.Gaps | Should -Be 0, 0, 0
            $account.Failure | Should -BeNullOrEmpty
        }
    }

    It 'stops at Ctrl+C, shows how far it is, and goes on from there' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$manifest'; Invoke-PostureHarvest -Connection org -ThrottleLimit 1")
            $running = $shell.BeginInvoke()
            $calls = 0
            while (($calls -lt 150 -or -not (@($shell.Streams.Progress.SecondsRemaining) -ge 0)) -and -not $running.IsCompleted) {
                $calls = @($shell.Streams.Progress.StatusDescription) -match ' calls ' -replace '.* (\d[\d,.]*) calls .*', '$1' -replace '\D' | Select-Object -Last 1
            }

            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $progress = @($shell.Streams.Progress | Where-Object Activity -EQ 'Harvesting AWS')
            $progress[-1].StatusDescription | Should -Match '^\d/3 accounts, \d+/\d+ services, [\d,.]+ resources, [\d,.]+ calls \([\d,.]+/s\)$'
            $progress[-1].CurrentOperation | Should -Match '^\d{12} '
            $progress.SecondsRemaining | Where-Object { $_ -ge 0 } | Should -Not -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }

        (Get-PostureHarvest -Newest 1).Status | Should -Be 'Incomplete'
        (Invoke-PostureHarvest -Resume).Status | Select-Object -Unique | Should -Be 'Complete'
        Compare-Object $expected (Get-LakeContent) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It 'stops at the last call of its budget, names what it could not look at, and resumes to the same lake' {
        $stopped = Invoke-PostureHarvest -Connection org -MaxCall 200 -LakePath "$TestDrive/budget" -WarningVariable warnings -WarningAction SilentlyContinue
        ($stopped | Measure-Object -Property Calls -Sum).Sum | Should -Be 200
        $stopped.Status | Should -Not -Contain 'Complete'
        $warnings -match 'budget of 200 calls' | Should -HaveCount 3
        $missing = Get-PostureFinding -LakePath "$TestDrive/budget" -Status NotAssessed
        $missing.Count | Should -Be ($stopped | Measure-Object -Property NotAssessed -Sum).Sum
        $missing.Evidence -match 'budget of 200 calls is used up' | Should -Not -BeNullOrEmpty
        $resumed = Invoke-PostureHarvest -Resume -LakePath "$TestDrive/budget"
        $resumed.Status | Select-Object -Unique | Should -Be 'Complete'
        Get-PostureFinding -LakePath "$TestDrive/budget" -Status NotAssessed | Should -BeNullOrEmpty
        @(Get-PostureFinding -LakePath "$TestDrive/budget" -Status Fail).Count | Should -Be $sandbox.Planted
    }

    It 'does not read again what is fresh enough' {
        $again = Invoke-PostureHarvest -Connection org -MaxAge 01:00:00
        $again.Fresh | Select-Object -Unique | Should -Be $whole[0].Services
        ($again | Measure-Object -Property Calls -Sum).Sum | Should -BeLessOrEqual 3
        $again.Failed | Should -Be ($again | ForEach-Object { $id = $_.AccountId; ($whole | Where-Object AccountId -EQ $id).Failed })
    }

    It 'runs as a job by <Command>' -ForEach @(
        @{ Command = 'Start-Job' }
        @{ Command = 'Start-ThreadJob' }
    ) {
        if (-not (Get-Command $Command -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because "this shell has no $Command"
        }

        $script = { param($manifest) Import-Module $manifest; Invoke-PostureHarvest -Connection org -Service sts, sns }
        $job = & $Command -ScriptBlock $script -ArgumentList $manifest
        $summaries = $job | Receive-Job -Wait -AutoRemoveJob
        $summaries | Should -HaveCount 3
        $summaries | ForEach-Object { "$($_.Status) $($_.Services)" | Should -Be 'Complete 2' }
        ($summaries | Measure-Object -Property Calls -Sum).Sum | Should -BeGreaterThan 3
    }

    It 'names a setting of the environment that cannot be' -ForEach @(
        @{ Name = 'AWS_MAX_ATTEMPTS'; Value = 'many' }
        @{ Name = 'AWS_RETRY_MODE'; Value = 'eager' }
    ) {
        Set-Item "env:$Name" $Value
        try {
            { Invoke-PostureHarvest -Connection org -ErrorAction Stop } | Should -Throw "*$Name*$Value*"
        }
        finally {
            Remove-Item "env:$Name"
        }
    }
}
