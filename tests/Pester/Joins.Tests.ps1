#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Cmdlets joined by the pipeline' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $summaries = Invoke-PostureHarvest -Service s3, iam
        $given = @{
            Connection = Get-PostureConnection
            Requirement = Get-PostureBenchmark cis-aws-foundations-7.0.0 -Detail | Where-Object Status -EQ Fail | Select-Object -First 1
            Row = Get-PostureBenchmark cis-aws-foundations-7.0.0 -Matrix | Where-Object Worst -EQ Fail | Select-Object -First 1
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'leads from a connection to all its findings, and from a requirement to its own alone' {
        @($given.Connection | Get-PostureFinding).Count | Should -Be @(Get-PostureFinding).Count
        @($given.Connection | Get-PostureResource).Count | Should -Be @(Get-PostureResource).Count
        @($given.Connection | Get-PostureGap).Count | Should -Be @(Get-PostureGap).Count
        $given.Requirement | Get-PostureFinding | ForEach-Object { $given.Requirement.Rules -split '; ' | Should -Contain $_.RuleId }
        ($given.Requirement | Get-PostureRule).RuleId | Sort-Object | Should -Be ($given.Requirement.Rules -split '; ' | Sort-Object)
        $rules = (Get-PostureBenchmark cis-aws-foundations-7.0.0 -Requirement $given.Row.RequirementId -Detail).Rules -split '; '
        ($given.Row | Get-PostureRule).RuleId | Sort-Object | Should -Be ($rules | Sort-Object)
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

    It 'says of a disabled connection that is named how it is enabled, and of one that is not there how to list those that are' {
        New-PostureConnection -Name asleep -RoleArn arn:aws:iam::111122223333:role/Nope -CredentialSource Default -Disabled | Out-Null
        Invoke-PostureHarvest -Connection asleep -Service s3 -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warned" | Should -Match "'asleep' is disabled.*Enable-PostureConnection"
        "$warned" | Should -Not -Match 'New-PostureConnection'
        Remove-PostureConnection asleep
        $problem = try { Invoke-PostureHarvest -Connection nope -ErrorAction Stop -WarningVariable told -WarningAction SilentlyContinue } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectionNotFound*'
        $problem.ErrorDetails.RecommendedAction + $problem | Should -Match 'Get-PostureConnection lists'
        "$told" | Should -BeNullOrEmpty
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
