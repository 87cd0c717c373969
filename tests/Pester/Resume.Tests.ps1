#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'A harvest and those before it' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"

        # Of each of the three accounts the Regions are listed twice in a harvest: to plan it, and as resources.
        $sandbox = Start-Sandbox -Planted -Accounts 3 -Fault 'operation=DescribeRegions,status=403,code=InvalidClientTokenId,after=6,count=3'
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $yesterday = Invoke-PostureHarvest -Connection org
        $today = Invoke-PostureHarvest -Connection org -WarningVariable warnings -WarningAction SilentlyContinue
        $todays = Get-PostureFinding
        $gaps = Get-PostureGap
        $tomorrow = Invoke-PostureHarvest -Connection org
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'shows nothing as passing that it could not read' {
        $today.Status | Select-Object -Unique | Should -Be 'Failed'
        $today | ForEach-Object { "$($_.Services) $($_.Passed) $($_.Failed)" } | Select-Object -Unique | Should -Be '0 0 0'
        $warnings -match 'is Failed: .*InvalidClientTokenId' | Should -HaveCount 3
        $todays.Status | ForEach-Object ToString | Sort-Object -Unique | Should -Be 'Manual', 'NotAssessed'
        @($todays | Where-Object Status -EQ NotAssessed).Count | Should -Be ($today | Measure-Object -Property NotAssessed -Sum).Sum
        $todays | Where-Object RuleId -EQ S3.BucketPublicPolicy | ForEach-Object { $_.Evidence | Should -Match "s3 was not read in this harvest: last read \d.* in harvest $($yesterday[0].HarvestId)" }
        Get-PostureFinding -HarvestId $today[0].HarvestId -Status Pass, Fail | Should -BeNullOrEmpty
        @(Get-PostureFinding -HarvestId $yesterday[0].HarvestId -Status Fail).Count | Should -Be $sandbox.Planted
        $tomorrow.Passed | Should -Be ($tomorrow | ForEach-Object { $id = $_.AccountId; ($yesterday | Where-Object AccountId -EQ $id).Passed })
    }

    It 'lists what could not be read' {
        ($gaps.AccountId | Select-Object -Unique).Count | Should -Be 3
        $gaps.Message | Select-Object -Unique | Should -Match 'InvalidClientTokenId'
        Get-PostureGap | Should -BeNullOrEmpty
        Get-PostureHarvest $today[0].HarvestId | Get-PostureGap -ResourceType AWS::S3::Bucket -Account $today[0].AccountName | ForEach-Object { "$($_.Service) $($_.ResourceType) $($_.Reason)" } | Should -Be 's3 * Failed'
        Get-PostureGap -HarvestId $today[0].HarvestId -Reason AccessDenied | Should -BeNullOrEmpty
    }

    It 'tells of the services that a harvest is about, and leaves the others their findings' {
        $before = @(Get-PostureFinding).Count
        $one = Invoke-PostureHarvest -Connection org -Service s3
        Get-PostureFinding -HarvestId $one[0].HarvestId | Select-Object -ExpandProperty Service -Unique | Should -Be 's3'
        ($one | Measure-Object -Property Failed -Sum).Sum | Should -Be @(Get-PostureFinding -Service s3 -Status Fail).Count
        @(Get-PostureFinding).Count | Should -Be $before
        @(Get-PostureFinding -Status Fail).Count | Should -Be $sandbox.Planted
    }

    It 'gives the latest findings to whoever assessed last' {
        $lake = Join-Path $TestDrive 'late'
        Invoke-PostureHarvest -Connection org -HarvestId old -LakePath $lake -MaxCall 150 -WarningAction SilentlyContinue | Out-Null
        Invoke-PostureHarvest -Connection org -LakePath $lake -Service sts | Out-Null
        Invoke-PostureHarvest -Resume -HarvestId old -LakePath $lake | Out-Null
        Get-PostureFinding -LakePath $lake -Status NotAssessed | Should -BeNullOrEmpty
        @(Get-PostureFinding -LakePath $lake -Status Fail).Count | Should -Be $sandbox.Planted
    }

    It 'says what to do where there is nothing to resume' {
        { Invoke-PostureHarvest -Resume -LakePath "$TestDrive/nothing" } | Should -Throw 'There is nothing to resume*' -ErrorId 'NothingToResume*'
        { Invoke-PostureHarvest -Resume -HarvestId $yesterday[0].HarvestId } | Should -Throw '*is complete*' -ErrorId 'NothingToResume*'
        { Invoke-PostureHarvest -Resume -Service s3 } | Should -Throw '*Leave -Service, -ExcludeService, -Region and -IncludeProviderFinding out*' -ErrorId 'InvalidArgument*'
        { Invoke-PostureHarvest -Resume -Region eu-west-1 } | Should -Throw '*Leave -Service, -ExcludeService, -Region and -IncludeProviderFinding out*' -ErrorId 'InvalidArgument*'
    }

    It 'leaves a complete harvest as it is when its id is used again' {
        $before = Get-PostureHarvest $yesterday[0].HarvestId
        $again = Invoke-PostureHarvest -Connection org -HarvestId $before.HarvestId
        ($again | Measure-Object -Property Calls -Sum).Sum | Should -Be 0
        ($again | Measure-Object -Property Failed -Sum).Sum | Should -Be $sandbox.Planted
        (Get-PostureHarvest $before.HarvestId).CompletedAt | Should -Be $before.CompletedAt
        { Invoke-PostureHarvest -Connection org -HarvestId $before.HarvestId -Service s3 -ErrorAction Stop } | Should -Throw '*other services*'
    }

    It 'tells once of all accounts that a budget did not come to, and estimates the rest' {
        $lake = Join-Path $TestDrive 'budget'
        Invoke-PostureHarvest -Connection org -LakePath $lake -Service s3 | Out-Null
        $stopped = Invoke-PostureHarvest -Connection org -LakePath $lake -Service s3 -ThrottleLimit 1 -MaxCall 3 -WarningVariable warnings -WarningAction SilentlyContinue
        @($stopped.Status) | Should -Be 'Incomplete', 'NotStarted', 'NotStarted'
        $warnings | Should -HaveCount 2
        $warnings[0].Message | Should -Match 'does not cover s3 of account \d{12}, which took \d+ calls last time\. Continue with -Resume and -MaxCall \d+'
        $warnings[1].Message | Should -Match '^2 accounts were not begun \(\d{12}, \d{12}\)\. The budget of 3 calls is used up'
        (Get-PostureFinding S3.BucketPublicPolicy -LakePath $lake -Account $stopped[1].AccountId).Status | Should -Not -Contain 'NotAssessed'
        Start-Transcript -Path "$TestDrive/whatif.txt" | Out-Null
        Invoke-PostureHarvest -Resume -LakePath $lake -WhatIf
        Stop-Transcript | Out-Null
        "$TestDrive/whatif.txt" | Should -FileContentMatch "3 accounts through org \(what is left of harvest $($stopped[0].HarvestId): about"
    }

    It 'names the account that it no longer reaches, and ends without it' {
        $lake = Join-Path $TestDrive 'gone'
        $gone = ($yesterday | Where-Object AccountId -NE $sandbox.Management)[0].AccountId
        New-PostureConnection -Name members -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $stopped = Invoke-PostureHarvest -Connection members -LakePath $lake -Service s3 -MaxCall 3 -WarningAction SilentlyContinue
        New-PostureConnection -Name members -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default -ExcludeAccount $gone -Force | Out-Null
        Invoke-PostureHarvest -Resume -LakePath $lake -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 2
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -Match "stays incomplete: its connections no longer lead to $gone\. .*Complete-PostureHarvest $($stopped[0].HarvestId) -Force"

        Complete-PostureHarvest $stopped[0].HarvestId -LakePath $lake -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $missing[0].Exception.Message | Should -Match $gone
        $ended = Complete-PostureHarvest $stopped[0].HarvestId -LakePath $lake -Force
        "$($ended.Status) $($ended.MissingAccounts)" | Should -Be "Ended $gone"
        { Invoke-PostureHarvest -Resume -LakePath $lake } | Should -Throw -ErrorId 'NothingToResume*'
        Remove-PostureConnection members
    }
}

Describe 'A harvest over a lake of which one account is damaged' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 3 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $yesterday = Invoke-PostureHarvest -Connection org -Service sqs, sns
        $damaged = $yesterday[1].AccountId
        foreach ($file in Get-ChildItem -LiteralPath $env:CLOUDPOSTURE_HOME -Recurse -File -Filter '*.gz' | Where-Object FullName -Match "account=$damaged") {
            $bytes = [IO.File]::ReadAllBytes($file.FullName)
            [array]::Reverse($bytes)
            [IO.File]::WriteAllBytes($file.FullName, $bytes)
        }

        $today = Invoke-PostureHarvest -Connection org -Service sqs, sns -MaxAge 1.00:00:00 -WarningVariable warnings -WarningAction SilentlyContinue
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'reads that account anew and the others go on' {
        $today | Sort-Object AccountId | ForEach-Object { "$($_.AccountId) $($_.Status) $($_.Fresh)" } |
            Should -Be ($yesterday | Sort-Object AccountId | ForEach-Object { "$($_.AccountId) Complete $(if ($_.AccountId -eq $damaged) { 0 } else { 2 })" })
        $today | Sort-Object AccountId | ForEach-Object { "$($_.Passed) $($_.Failed) $($_.NotAssessed)" } |
            Should -Be ($yesterday | Sort-Object AccountId | ForEach-Object { "$($_.Passed) $($_.Failed) $($_.NotAssessed)" })
    }

    It 'names the file and says what to do' {
        $warnings -match "account=$damaged.*(cut short|changed|damaged)" | Should -Not -BeNullOrEmpty
    }
}
