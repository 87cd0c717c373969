#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Threats in events' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest -Service cloudtrail, sns | Out-Null
        Export-PostureReport Csv "$TestDrive/before.csv" | Out-Null
        $before = Get-PostureFinding | ForEach-Object { "$($_.FindingId) $($_.Status) $($_.Change)" }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'reads them in a harvest of its own and shows who did too much' {
        $stopped = Invoke-PostureHarvest -IncludeEvents -MaxCall 40 -WarningAction SilentlyContinue
        $stopped.Status | Should -Not -Contain Complete
        $summaries = Invoke-PostureHarvest -Resume
        $summaries.Status | Should -Be Complete, Complete

        $failed = @(Get-PostureFinding -Service cloudtrail-events -Status Fail | Sort-Object RuleId)
        $failed.RuleId | Should -Be CloudTrail.EnumerationActivity, CloudTrail.EscalationActivity, CloudTrail.LlmJackingActivity
        $failed.ResourceArn -replace '.*[:/]' | Should -Be scout, build, miner
        @(Get-PostureFinding -Service cloudtrail-events -Status Pass).Count | Should -Be 3
        @(Get-PostureResource AWS::CloudTrail::Principal | Where-Object { $_.Configuration.IsReader }).Count | Should -Be 2
        (Get-PostureFinding | Where-Object Service -NE cloudtrail-events | ForEach-Object { "$($_.FindingId) $($_.Status) $($_.Change)" }) | Should -Be $before
    }

    It 'leaves the report of the configuration as it was, and has one of the events' {
        Export-PostureReport Csv "$TestDrive/after.csv" | Out-Null
        Get-Content "$TestDrive/after.csv" -Raw | Should -BeExactly (Get-Content "$TestDrive/before.csv" -Raw)
        Export-PostureReport Csv "$TestDrive/events.csv" -HarvestId (Get-PostureHarvest -Newest 1).HarvestId | Out-Null
        Get-Content "$TestDrive/events.csv" -Raw | Should -Match 'user/scout'
    }

    It 'asks for the one permission only where it is to' {
        $plain = (Get-PosturePolicy).Action
        $plain | Should -Not -Contain cloudtrail:LookupEvents
        @((Get-PosturePolicy -IncludeEvents).Action | Where-Object { $_ -notin $plain }) | Should -Be cloudtrail:LookupEvents
        "$((Get-PosturePolicy -AsDocument -Standalone).Document)" | Should -Not -Match LookupEvents
        "$((Get-PosturePolicy -AsDocument -IncludeEvents).Document)" | Should -Match cloudtrail:LookupEvents
        $role = @{ Format = 'CloudFormation'; HubAccountId = '111122223333' }
        "$(Export-PostureTemplate @role)" | Should -Not -Match LookupEvents
        "$(Export-PostureTemplate @role -IncludeEvents)" | Should -Match cloudtrail:LookupEvents
        { Export-PostureTemplate -Vendor InsightVM -ExternalId some-external-id -Format CloudFormation -IncludeEvents } | Should -Throw '*-IncludeEvents is for CloudPosture*'
    }

    It 'tests the permission where it is asked to' {
        (Test-PostureConnection org -Detail).Check | Should -Not -Contain 'Service: cloudtrail-events'
        (Test-PostureConnection org -Detail -IncludeEvents | Where-Object Check -EQ 'Service: cloudtrail-events').Status | Should -Be Passed
    }

    It 'refuses <Command>' -ForEach @(
        @{ Command = { Invoke-PostureHarvest -IncludeEvents -Service s3 }; Says = '*in a harvest of their own*' }
        @{ Command = { Invoke-PostureHarvest -IncludeEvents -ExcludeService s3 }; Says = '*in a harvest of their own*' }
        @{ Command = { Invoke-PostureHarvest -IncludeEvents -IncludeProviderFinding * }; Says = '*in a harvest of their own*' }
        @{ Command = { Invoke-PostureHarvest -IncludeEvents -Resume }; Says = '*Leave -IncludeEvents out*' }
        @{ Command = { Invoke-PostureHarvest -Service cloudtrail-events }; Says = '*-IncludeEvents alone*' }
    ) {
        $Command | Should -Throw $Says -ErrorId 'InvalidArgument*'
    }
}
