#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Who may do what, and who can become whom' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest -Service iam, organizations, s3 | Out-Null
        Invoke-PostureHarvest -Service iamlastaccess -Account $sandbox.Management | Out-Null
        $role = Get-PostureResource AWS::IAM::Role | Where-Object ResourceName -EQ 'CloudPostureReadOnly' | Select-Object -First 1
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'tells who may, from an object of the pipeline' {
        $answers = Get-PostureResource AWS::S3::Bucket | Select-Object -First 1 | Get-PostureAccess -Action s3:listbucket
        $answers.Action | Select-Object -Unique | Should -BeExactly 's3:ListBucket'
        $answers.PrincipalName | Should -Contain 'role CloudPostureReadOnly'
        ($answers | Where-Object PrincipalName -EQ 'role CloudPostureReadOnly').DecidedBy | Should -Match 'SecurityAudit: statement 1'
    }

    It 'tells what a role may do, by name and pattern' {
        $answers = Get-PostureAccess -Principal $role.ResourceArn -Action iam:List*
        $answers.Action | Should -Contain 'iam:ListRoles'
        $answers.Action | Where-Object { $_ -notlike 'iam:List*' } | Should -BeNullOrEmpty
    }

    It 'finds the ways to a role, and from who finds them' {
        $ways = @(Get-PostureEscalation -To $role.ResourceArn)
        $ways.Count | Should -BeGreaterThan 0
        $ways[0].Methods | Should -Match 'sts.assume-role'
        $ways[0].Conditions | Should -Match 'sts:externalid'
        $ways[0].Length | Should -Be @($ways[0].Steps).Count
        ($ways[0] | Get-PostureEscalation -To $role.ResourceArn).Path | Should -Be $ways[0].Path
        @(Get-PostureEscalation -From $ways[0].OriginArn).GoalArn | Should -Contain $role.ResourceArn
        $ways | ConvertTo-Csv | Out-String | Should -Not -Match 'System\.'
        Get-PostureEscalation -To $role.ResourceArn -Detail | Select-Object -First 1 -ExpandProperty Actions | Should -Match 'sts:AssumeRole on '
        Get-PostureEscalation -To $role.ResourceArn -CertainOnly | Where-Object Certainty -NE Certain | Should -BeNullOrEmpty
    }

    It 'doubts an action that IAM does not know, and shows whose account each line is of' {
        $answers = Get-PostureAccess s3:GetObjct arn:aws:s3:::any/* -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -Match "has no 's3:GetObjct'.*Did you mean.*s3:GetObject"
        ($answers | Out-String -Width 79) | Should -Match 'PrincipalName +AccountId +Action +Access\s'
        Get-PostureAccess s3:getobject arn:aws:s3:::any/* -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        "$said" | Should -Not -Match 'has no'
    }

    It 'takes a variable that holds nothing for nothing, and not for everything' {
        @() | Export-PostureGraph -Format Mermaid -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$said" | Should -Match 'Nothing came'
        $nothing = $null
        foreach ($command in { $nothing | Get-PostureFinding }, { $nothing | Get-PostureResource }, { $nothing | Invoke-PostureHarvest }, { $nothing | Compare-PostureHarvest }) {
            & $command | Should -BeNullOrEmpty -Because "nothing is not everything: $command"
        }
    }

    It 'tells what is allowed and unused, and of whom it is not known' {
        $all = @(Get-PostureAccess -Unused -Since 1m -WarningVariable told -WarningAction SilentlyContinue)
        $all.Count | Should -BeGreaterThan 0
        $all.AccountId | Select-Object -Unique | Should -Be $sandbox.Management
        $all | ForEach-Object {
            $_.Service | Should -Match '^[a-z0-9-]+$'
            $_.GrantedBy | Should -Match ': statement '
            $_.Action | Should -Not -BeNullOrEmpty
            $_.LastAccessed | Should -BeLessThan ([datetime]::UtcNow)
        }
        "$told" | Should -Match 'nothing is told of them: arn:aws:iam::.*Invoke-PostureHarvest -Service iam, iamlastaccess'
        "$told" | Should -Not -Match "iam::$($sandbox.Management):"
        $piped = @(Get-PostureResource AWS::IAM::Role, AWS::IAM::User | Where-Object ResourceArn -EQ $all[0].PrincipalArn | Get-PostureAccess -Unused -Since 1m)
        $piped.PrincipalArn | Select-Object -Unique | Should -Be $all[0].PrincipalArn
        @(Get-PostureAccess -Unused -Principal $all[0].PrincipalArn -Since 1m).Service | Should -Be $piped.Service
        $all[0] | Get-PostureAccess -Unused -Since 1m | Select-Object -ExpandProperty Service | Should -Be $piped.Service
        @() | Get-PostureAccess -Unused | Should -BeNullOrEmpty
    }

    It 'leaves a service out of a harvest' {
        Invoke-PostureHarvest -Service iam* -ExcludeService iamlast* -Account $sandbox.Management -HarvestId without | Out-Null
        (Get-PostureResource -HarvestId without).ResourceType | Select-Object -Unique | Where-Object { $_ -like '*LastAccess' } | Should -BeNullOrEmpty
        { Invoke-PostureHarvest -Service iam -ExcludeService i* } | Should -Throw '*excluded*'
        { Invoke-PostureHarvest -ExcludeService iamlastacess } | Should -Throw -ErrorId 'ServiceNotFound*'
        { Invoke-PostureHarvest -Resume -ExcludeService s3 } | Should -Throw '*-ExcludeService*'
    }

    It 'says in one error what is wrong: <Command>' -ForEach @(
        @{ Command = { Get-PostureAccess s3:* arn:aws:s3:::b }; Id = 'InvalidArgument*' }
        @{ Command = { Get-PostureAccess s3:GetObject nobody }; Id = 'ResourceNotFound*' }
        @{ Command = { Get-PostureAccess -Principal arn:aws:iam::1:role/x }; Id = 'PrincipalNotFound*' }
        @{ Command = { Get-PostureAccess -Unused -Principal arn:aws:iam::1:role/x }; Id = 'PrincipalNotFound*' }
        @{ Command = { Get-PostureEscalation -To nobody }; Id = 'ResourceNotFound*' }
        @{ Command = { Get-PostureEscalation -From arn:aws:iam::1:role/x }; Id = 'PrincipalNotFound*' }
        @{ Command = { Get-PostureEscalation -HarvestId nope }; Id = 'HarvestNotFound*' }
        @{ Command = { Get-PostureEscalation -Account nobody }; Id = 'AccountNotFound*' }
    ) {
        $problem = try { $ErrorActionPreference = 'Stop'; & $Command } catch { $_ }
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike $Id
    }
}
