#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Cmdlets joined by the pipeline' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $summaries = Invoke-PostureHarvest -Service s3, iam -IncludeProviderFinding GuardDuty
        $given = @{
            Connection = Get-PostureConnection
            Summary = $summaries[0]
            Harvest = Get-PostureHarvest
            Statistics = Get-PostureHarvest -Detail | Where-Object AccountId | Select-Object -First 1
            Finding = Get-PostureFinding -Rule S3.* -Status Fail | Select-Object -First 1
            ProviderFinding = Get-PostureFinding -Provider GuardDuty | Select-Object -First 1
            Resource = Get-PostureResource AWS::S3::Bucket | Select-Object -First 1
            Rule = Get-PostureRule S3.BucketMfaDelete
            Benchmark = Get-PostureBenchmark cis-aws-foundations-7.0.0
            Requirement = Get-PostureBenchmark cis-aws-foundations-7.0.0 -Detail | Where-Object Status -EQ Fail | Select-Object -First 1
            Action = Get-PosturePolicy | Select-Object -First 1
            Document = Get-PosturePolicy -AsDocument | Select-Object -First 1
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'takes what <Giver> gives in <Taker>, or says in one error why not' -ForEach @(
        foreach ($giver in 'Connection', 'Summary', 'Harvest', 'Statistics', 'Finding', 'ProviderFinding', 'Resource', 'Rule', 'Benchmark', 'Requirement', 'Action', 'Document') {
            foreach ($taker in 'Get-PostureConnection', 'Get-PostureHarvest', 'Complete-PostureHarvest', 'Get-PostureFinding', 'Get-PostureResource',
                'Get-PostureGap', 'Get-PostureRule', 'Get-PostureBenchmark', 'Test-PosturePolicy', 'Get-PostureEscalation', 'Set-PostureConnection', 'Remove-PostureConnection') {
                @{ Giver = $giver; Taker = $taker }
            }
        }
    ) {
        $more = if ((Get-Command $Taker).Parameters.ContainsKey('WhatIf')) { @{ WhatIf = $true } } else { @{} }
        # Whoever runs the tests may have errors end things.
        $ErrorActionPreference = 'Continue'
        $said = @($given[$Giver] | & $Taker @more 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $said.Count | Should -BeLessOrEqual 1
        "$said" | Should -Not -Match ' = .*, .* = |System\.Object|@\{'
        "$($said.FullyQualifiedErrorId)" | Should -Not -Match 'Unexpected|RuntimeException'
    }

    It 'leads from a connection to all its findings, and from a requirement to its own alone' {
        @($given.Connection | Get-PostureFinding).Count | Should -Be @(Get-PostureFinding).Count
        @($given.Connection | Get-PostureResource).Count | Should -Be @(Get-PostureResource).Count
        $given.Requirement | Get-PostureFinding | ForEach-Object { $given.Requirement.Rules -split '; ' | Should -Contain $_.RuleId }
    }

    It 'refuses a name that nothing has: <Command>' -ForEach @(
        @{ Command = { Get-PostureFinding -Rule S3.BucketMfaDelet }; Id = 'RuleNotFound*'; Near = 'S3.BucketMfaDelete' }
        @{ Command = { Get-PostureFinding -Rule 'S3.[' }; Id = 'InvalidArgument*'; Near = 'backtick' }
        @{ Command = { Get-PostureFinding -Account nobody }; Id = 'AccountNotFound*'; Near = 'lake' }
        @{ Command = { Get-PostureGap -Connection ogr }; Id = 'ConnectionNotFound*'; Near = 'org' }
        @{ Command = { Get-PostureResource -Type AWS::S3::Buckt }; Id = 'ResourceTypeNotFound*'; Near = 'AWS::S3::Bucket' }
        @{ Command = { Get-PostureResource AWS::S3::Bucket nope }; Id = 'ResourceNotFound*'; Near = 'lake' }
        @{ Command = { Get-PostureRule -Tag loging }; Id = 'TagNotFound*'; Near = 'logging' }
        @{ Command = { Get-PostureRule -Equivalent nope }; Id = 'EquivalentNotFound*'; Near = 'Tab' }
        @{ Command = { Get-PostureFinding -HarvestId nope }; Id = 'HarvestNotFound*'; Near = 'Get-PostureHarvest' }
    ) {
        $problem = try { $ErrorActionPreference = 'Stop'; & $Command } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike $Id
        "$problem" | Should -Match $Near
    }

    It 'ends nothing for a connection that cannot be used, and shows nothing of yesterday for it' {
        New-PostureConnection -Name broken -RoleArn arn:aws:iam::111122223333:role/Nope -CredentialSource Default | Out-Null
        $result = Invoke-PostureHarvest -Service s3 -ErrorAction Stop -WarningAction SilentlyContinue -WarningVariable warned
        ($result | Where-Object Connection -EQ org).Status | Select-Object -Unique | Should -Be 'Complete'
        ($result | Where-Object AccountId -EQ 111122223333).Status | Should -Be 'Failed'
        (Get-PostureFinding -Account 111122223333).Status | Select-Object -Unique | Should -Be 'NotAssessed'
        "$warned" | Should -Match 'broken'
        Set-PostureConnection org -ExternalId another-one-of-no-use
        Invoke-PostureHarvest -Connection org -Service s3 -ErrorAction Stop -WarningAction SilentlyContinue | Out-Null
        $member = ($summaries | Where-Object AccountId -NE $sandbox.Management).AccountId
        Get-PostureFinding -Service s3 -Status Pass -Account $member | Should -BeNullOrEmpty
    }
}
