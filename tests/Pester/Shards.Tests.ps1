#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'A harvest of several processes' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Planted -Accounts 5
        $manifest = (Get-Module CloudPosture).Path | Split-Path | ForEach-Object { Get-ChildItem -Path $_, (Split-Path $_) -Filter CloudPosture.psd1 } | Select-Object -First 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $alone = Join-Path $TestDrive 'alone'
        $whole = Invoke-PostureHarvest -Connection org -LakePath $alone

        # A process as a job array's engine starts it: the same command everywhere, its number in the environment.
        function Start-Shard([string] $Command, [hashtable] $Environment) {
            $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
            foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', "`$ErrorActionPreference = 'Stop'; Import-Module '$($manifest.FullName)'; $Command") {
                $start.ArgumentList.Add($argument)
            }

            $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            foreach ($name in $Environment.Keys) { $start.Environment[$name] = [string] $Environment[$name] }
            [System.Diagnostics.Process]::Start($start)
        }

        function Wait-Shard([System.Diagnostics.Process[]] $Process) {
            foreach ($one in $Process) {
                $errors = $one.StandardError.ReadToEndAsync()
                $output = $one.StandardOutput.ReadToEnd()
                $one.WaitForExit()
                [pscustomobject]@{ ExitCode = $one.ExitCode; Output = $output; Errors = $errors.Result }
            }
        }

        function Get-LakeContent([string] $Path) {
            Get-PostureResource -LakePath $Path | ForEach-Object { "$($_.AccountId) $($_.Region) $($_.ResourceType) $($_.ResourceArn) $($_.Configuration | ConvertTo-Json -Depth 50 -Compress)" } | Sort-Object
            Get-PostureFinding -LakePath $Path | ForEach-Object { "$($_.FindingId) $($_.Status) $($_.Severity) $($_.ResourceArn) $($_.Evidence)" } | Sort-Object
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'at once makes the lake that one process makes' {
        $lake = Join-Path $TestDrive 'together'
        $shards = foreach ($index in 0..2) {
            Start-Shard "Invoke-PostureHarvest -Connection org -HarvestId run-1 -LakePath '$lake'" @{ AWS_BATCH_JOB_ARRAY_INDEX = $index; AWS_BATCH_JOB_ARRAY_SIZE = 3 }
        }

        $ended = Wait-Shard $shards
        $ended.Errors -join '' | Should -BeNullOrEmpty
        $ended.ExitCode | Select-Object -Unique | Should -Be 0

        $harvest = Complete-PostureHarvest run-1 -LakePath $lake
        $harvest.Status | Should -Be 'Complete'
        $harvest.Accounts | Should -Be 5
        $harvest.Calls | Should -Be (Get-PostureHarvest -LakePath $alone).Calls
        @(Get-PostureFinding -LakePath $lake -Status Fail).Count | Should -Be $sandbox.Planted
        $content = Get-LakeContent $lake
        $content.Count | Should -BeGreaterThan 100
        Compare-Object $content (Get-LakeContent $alone) | Should -BeNullOrEmpty
    }

    It 'reads no service again when the engine starts a process once more' {
        $lake = Join-Path $TestDrive 'again'
        $env:JOB_COMPLETION_INDEX, $env:JOB_COMPLETIONS = '0', '2'
        try {
            Invoke-PostureHarvest -Connection org -HarvestId run-2 -LakePath $lake -MaxCall 100 -ThrottleLimit 1 -WarningAction SilentlyContinue | Out-Null
            $before = Get-PostureHarvest -LakePath $lake
            $before.Services | Should -BeGreaterThan 0
            Invoke-PostureHarvest -Connection org -HarvestId run-2 -LakePath $lake | Out-Null
            $after = Get-PostureHarvest -LakePath $lake
            $after.StartedAt | Should -Be $before.StartedAt
            $after.MissingShards | Should -Be '1'
            $env:JOB_COMPLETION_INDEX = '1'
            Invoke-PostureHarvest -Connection org -HarvestId run-2 -LakePath $lake | Out-Null
        }
        finally {
            Remove-Item env:JOB_COMPLETION_INDEX, env:JOB_COMPLETIONS
        }

        (Complete-PostureHarvest run-2 -LakePath $lake).Calls | Should -BeGreaterOrEqual (Get-PostureHarvest -LakePath $alone).Calls
        Compare-Object (Get-LakeContent $lake) (Get-LakeContent $alone) | Should -BeNullOrEmpty
    }

    It 'on disks of their own is joined when the folders are copied together' {
        $lake = Join-Path $TestDrive 'joined'
        foreach ($index in 0, 1) {
            Invoke-PostureHarvest -Connection org -HarvestId run-3 -ShardIndex $index -ShardCount 2 -Service sts, s3 -LakePath "$TestDrive/disk$index" | Out-Null
            Copy-Item -Path "$TestDrive/disk$index" -Destination (New-Item -ItemType Directory -Force -Path $lake) -Recurse -Force
            Copy-Item -Path "$lake/disk$index/*" -Destination $lake -Recurse -Force
            Remove-Item "$lake/disk$index" -Recurse
        }

        (Complete-PostureHarvest run-3 -LakePath $lake).Accounts | Should -Be 5
        @(Get-PostureResource AWS::S3::Bucket -LakePath $lake).Count | Should -Be @(Get-PostureResource AWS::S3::Bucket -LakePath $alone).Count
    }

    It 'names the shards that are missing, and their accounts, and joins once they are there' {
        $lake = Join-Path $TestDrive 'missing'
        $here = Invoke-PostureHarvest -Connection org -HarvestId run-4 -ShardIndex 1 -ShardCount 2 -Service sts -LakePath $lake
        $missing = $whole.AccountId | Where-Object { $_ -notin $here.AccountId }
        Complete-PostureHarvest run-4 -LakePath $lake -ErrorAction SilentlyContinue -ErrorVariable said | Should -BeNullOrEmpty
        $said.Count | Should -Be 1
        "$($said[0])" | Should -Match 'Run each again with its -ShardIndex, the same -ShardCount and -HarvestId run-4; .* -Force ends it'
        foreach ($account in $missing) { $said[0].Exception.Message | Should -Match $account }
        foreach ($account in $here) { $said[0].Exception.Message | Should -Not -Match $account.AccountId }
        (Get-PostureHarvest -LakePath $lake).Status | Should -Be 'Incomplete'

        Invoke-PostureHarvest -Connection org -HarvestId run-4 -ShardIndex 0 -ShardCount 2 -Resume -LakePath $lake | Out-Null
        $first = Complete-PostureHarvest run-4 -LakePath $lake
        $second = Get-PostureHarvest -LakePath $lake | Complete-PostureHarvest -LakePath $lake
        $first.Status, $second.Status | Should -Be 'Complete', 'Complete'
        $second.CompletedAt | Should -Be $first.CompletedAt
    }

    It 'refuses <What> with one error that says what to do' -ForEach @(
        @{ What = 'shards without a common id'; Parameters = @{ ShardIndex = 0; ShardCount = 2 }; Says = 'same -HarvestId' }
        @{ What = 'a number without a count'; Parameters = @{ ShardIndex = 0; HarvestId = 'x' }; Says = '-ShardIndex needs -ShardCount' }
        @{ What = 'a count without a number'; Parameters = @{ ShardCount = 2; HarvestId = 'x' }; Says = 'Give -ShardIndex' }
        @{ What = 'a number that is too high'; Parameters = @{ ShardIndex = 2; ShardCount = 2; HarvestId = 'x' }; Says = 'the last of 2 is 1' }
        @{ What = 'an id that is a path'; Parameters = @{ HarvestId = '../x' }; Says = "cannot be a harvest's id" }
    ) {
        { Invoke-PostureHarvest -Connection org -LakePath "$TestDrive/none" @Parameters } | Should -Throw "*$Says*" -ErrorId 'InvalidArgument*'
        Test-Path "$TestDrive/none" | Should -BeFalse
    }

    It 'takes no shard of an engine that contradicts itself' {
        $env:SYSTEM_JOBPOSITIONINPHASE, $env:SYSTEM_TOTALJOBSINPHASE = '4', '3'
        try {
            { Invoke-PostureHarvest -Connection org -HarvestId x -LakePath "$TestDrive/none" } | Should -Throw '*SYSTEM_JOBPOSITIONINPHASE is 4*'
        }
        finally {
            Remove-Item env:SYSTEM_JOBPOSITIONINPHASE, env:SYSTEM_TOTALJOBSINPHASE
        }
    }

    It 'lists the organization once for all shards, and writes nothing with -WhatIf' {
        $lake = Join-Path $TestDrive 'listed'
        Invoke-PostureHarvest -Connection org -HarvestId run-5 -ShardIndex 0 -ShardCount 2 -Service sts -LakePath $lake -WhatIf
        Test-Path $lake | Should -BeFalse
        Invoke-PostureHarvest -Connection org -HarvestId run-5 -ShardIndex 0 -ShardCount 2 -Service sts -LakePath $lake | Out-Null
        $list = "$lake/harvest=run-5/organization-org.json"
        (Get-Content $list -Raw | ConvertFrom-Json).id | Should -Be ($whole.AccountId | Sort-Object)

        # Whoever comes later reads that list: an account that it does not hold is not read.
        $here = $whole.AccountId | Where-Object { $_ -notin (Get-PostureHarvest -LakePath $lake -Detail).AccountId } | Select-Object -First 1
        (Get-Content $list -Raw | ConvertFrom-Json) | Where-Object id -EQ $here | ConvertTo-Json -AsArray | Set-Content $list
        (Invoke-PostureHarvest -Connection org -HarvestId run-5 -ShardIndex 1 -ShardCount 2 -Service sts -LakePath $lake).AccountId | Should -Be $here
    }

    It 'estimates the accounts of the shard alone' {
        Start-Transcript -Path "$TestDrive/whatif.txt" | Out-Null
        Invoke-PostureHarvest -Connection org -HarvestId x -ShardIndex 0 -ShardCount 2 -LakePath $alone -WhatIf
        Invoke-PostureHarvest -Connection org -HarvestId x -ShardIndex 1 -ShardCount 2 -LakePath $alone -WhatIf
        Stop-Transcript | Out-Null
        $counts = [regex]::Matches((Get-Content "$TestDrive/whatif.txt" -Raw), '"(\d) accounts through org') | ForEach-Object { [int] $_.Groups[1].Value }
        ($counts | Measure-Object -Sum).Sum | Should -Be 5
    }
}
